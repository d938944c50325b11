namespace ContainerHost.Specification;

internal static class HostRequestReader
{
    public static (HostSpec? Spec, IReadOnlyList<string> Problems) Read(HostRequest request) =>
        throw new InvalidOperationException($"to be written for {request.Name}");
}
