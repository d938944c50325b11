namespace ContainerHost.Machines.Qemu;

/// <summary>Which accelerator started a guest and why that one; and why guests can have virtualisation of their own, or null when they cannot.</summary>
internal sealed record AcceleratorVerdict(string Accelerator, string Reason, string? NestedReason, string Version = "");
