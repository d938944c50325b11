namespace ContainerHost.Verification.Checks;

/// <summary>Virtualisation is visible in the guest, and a virtual machine runs there.</summary>
internal sealed class NestedCheck : ICheck
{
    public string Id => "nested-virtualization";

    public string Title => "Virtualisation visible in the guest, and a virtual machine started with it";

    public Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken) =>
        context.System.ProveNestedAsync(context.Shell, cancellationToken);
}
