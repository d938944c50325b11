using ContainerHost.Guests.Debian;
using ContainerHost.Guests.Windows;
using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>The systems of guests, by family.</summary>
public static class GuestSystems
{
    /// <summary>The system of that family.</summary>
    public static IGuestSystem For(GuestFamily family) =>
        family == GuestFamily.WindowsServer ? new WindowsGuest() : new DebianGuest();
}
