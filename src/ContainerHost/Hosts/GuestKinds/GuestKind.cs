using ContainerHost.Specification;

namespace ContainerHost.Hosts.GuestKinds;

/// <summary>The one place where behaviour is chosen by a guest's family.</summary>
internal static class GuestKind
{
    private static readonly Dictionary<GuestFamily, IGuestKind> All = new()
    {
        [GuestFamily.Debian] = new DebianKind(),
        [GuestFamily.WindowsServer] = new WindowsKind(),
    };

    public static IGuestKind Of(Guest guest) =>
        All.TryGetValue(guest.Family, out var kind)
            ? kind
            : throw new NotSupportedException($"nothing says how guests of the family {guest.Family} are treated");
}
