namespace ContainerHost.Verification;

/// <summary>What the host ran on: the hypervisor with its version, the accelerator, and why that accelerator.</summary>
public sealed record HypervisorSummary(string Name, string Accelerator, string Reason);
