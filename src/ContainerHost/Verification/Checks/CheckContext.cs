using ContainerHost.Guests;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>What checks work with.</summary>
internal sealed class CheckContext : IAsyncDisposable
{
    /// <summary>The image that the checks build and run.</summary>
    public const string Image = "localhost/containerhost-hello:1";

    /// <summary>The folder in the guest that the checks may write to.</summary>
    public const string GuestFolder = "/var/lib/containerhost/verify";

    public required HostSpec Spec { get; init; }
    public required GuestAccess Access { get; init; }
    public required string Password { get; init; }
    public required IGuestConnector Guests { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>By what the guest must be known where it is a clone; else null.</summary>
    public CloneMarks? Clone { get; init; }

    /// <summary>What was seen of the guest's clock when the checks began, in words; empty where nobody looked.</summary>
    public string Clock { get; init; } = "";

    /// <summary>Connects to the guest, waiting until it answers.</summary>
    public required Func<CancellationToken, Task<IGuestShell>> Connect { get; init; }

    /// <summary>Does a check's work for as long as nothing shows that the guest failed; nobody looks by default.</summary>
    public Func<Func<CancellationToken, Task<string>>, CancellationToken, Task<string>> Attend { get; init; } =
        (work, cancellationToken) => work(cancellationToken);

    public required Func<IGuestShell, IContainerRuntime?> RuntimeOf { get; init; }

    /// <summary>The shell; another one after a reboot.</summary>
    public required IGuestShell Shell { get; set; }

    /// <summary>The runtime in the guest; only checks of hosts that have one ask for it.</summary>
    public IContainerRuntime Runtime =>
        RuntimeOf(Shell) ?? throw new InvalidOperationException("this host has no runtime");

    public IGuestSystem System => Access.System;
    public string Host => Spec.Name.Value;

    /// <summary>Runs a container that must end well, and returns its output.</summary>
    public async Task<string> RunAsync(ContainerRun run, CancellationToken cancellationToken) =>
        Evidence.OutputOf(await Runtime.RunAsync(run, cancellationToken));

    public ValueTask DisposeAsync() => Shell.DisposeAsync();
}
