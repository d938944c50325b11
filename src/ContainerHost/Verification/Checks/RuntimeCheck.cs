namespace ContainerHost.Verification.Checks;

/// <summary>The runtime's service is active and answers with its version.</summary>
internal sealed class RuntimeCheck : ICheck
{
    public string Id => "runtime";

    public string Title => "The container runtime's service runs and tells its version";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var info = await context.Runtime.InspectAsync(cancellationToken);
        return $"{info.Kind} {info.Version}, {info.ServiceUnit} is active";
    }
}
