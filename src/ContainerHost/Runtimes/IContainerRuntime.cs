using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes;

/// <summary>
/// A container runtime in one guest. <see cref="RunAsync"/> runs containers of both kinds; the life-cycle calls are for process-isolated ones,
/// since a VM-isolated container lives for one run. Every call fails with an error that shows what the guest answered.
/// </summary>
internal interface IContainerRuntime
{
    /// <summary>Installs the runtime, and what VM isolation needs when asked; what is already installed is left so.</summary>
    Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken);

    /// <summary>Asks the running service for its version; a service that is not active is an error.</summary>
    Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Builds an image in the guest from a folder there that holds a Dockerfile.</summary>
    Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken);

    /// <summary>Takes in an image from an archive of this machine, as "docker save" writes it.</summary>
    Task LoadImageAsync(string archive, CancellationToken cancellationToken);

    /// <summary>Has the guest pull an image from its registry, and returns what it is.</summary>
    Task<PulledImage> PullImageAsync(string reference, CancellationToken cancellationToken);

    /// <summary>An image's entry point for <see cref="ContainerRun.EntryPoint"/>; empty where the client puts a command behind it by itself.</summary>
    Task<IReadOnlyList<string>> GetEntryPointAsync(string image, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Removes an image; one that is not there is fine.</summary>
    Task RemoveImageAsync(string image, CancellationToken cancellationToken);

    /// <summary>Creates and starts a container of either kind, waits for its end, removes it, and returns what its command printed and its exit code.</summary>
    Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken);

    /// <summary>Creates a process-isolated container without starting it.</summary>
    Task CreateAsync(ContainerRun run, CancellationToken cancellationToken);

    /// <summary>Starts a created container in the background.</summary>
    Task StartAsync(string name, CancellationToken cancellationToken);

    /// <summary>The address of a started container, as the guest reaches it; empty where it has none.</summary>
    Task<string> GetAddressAsync(string name, CancellationToken cancellationToken);

    Task<CommandResult> ExecuteAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken);

    Task StopAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a stopped container; one that is not there is fine.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<ContainerStatus>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>What runs containers in a guest, as found there after installation.</summary>
internal sealed record RuntimeInfo(
    RuntimeKind Kind,
    string Version,
    string ServiceUnit,
    IReadOnlyList<InstalledArtifact> Artifacts
);

/// <summary>
/// What a finished container left: its exit code, both outputs, and for a VM-isolated one what its machine wrote to its console, and what it
/// answered where it was asked.
/// </summary>
internal sealed record ContainerResult(
    int ExitCode,
    string Output,
    string Error,
    string? Console = null,
    ProbeAnswer? Probe = null
);

/// <summary>What a probe saw last: the status, 0 for no answer at all, and the answer's beginning, or why there is none.</summary>
internal sealed record ProbeAnswer(int Status, string Text);

internal sealed record ContainerStatus(string Name, bool Running);
