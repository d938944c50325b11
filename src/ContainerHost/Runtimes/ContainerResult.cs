namespace ContainerHost.Runtimes;

/// <summary>What a finished container left: its exit code, both outputs, and for a VM-isolated one what its machine wrote to its console.</summary>
public sealed record ContainerResult(int ExitCode, string Output, string Error, string? Console = null);
