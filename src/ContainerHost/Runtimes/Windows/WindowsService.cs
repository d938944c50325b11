using ContainerHost.Guests;

namespace ContainerHost.Runtimes.Windows;

/// <summary>A service of Windows in a guest.</summary>
internal sealed class WindowsService(IGuestShell shell, string name)
{
    public string Name => name;

    /// <summary>Waits until the service runs; one that does not is an error with what it last logged.</summary>
    public Task RequireRunningAsync(CancellationToken cancellationToken) =>
        shell.RunScriptAsync(
            "Runtimes.Windows.wait-for-service.ps1",
            $"have {name} run in the guest",
            cancellationToken,
            name
        );
}
