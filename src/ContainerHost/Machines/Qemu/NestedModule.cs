namespace ContainerHost.Machines.Qemu;

/// <summary>Reads from the KVM modules whether guests may run guests (Linux, Documentation/virt/kvm/x86/running-nested-guests.rst).</summary>
internal static class NestedModule
{
    /// <summary>What allows it, or null when nothing does.</summary>
    public static string? Read()
    {
        foreach (var module in new[] { "kvm_amd", "kvm_intel" })
        {
            var path = $"/sys/module/{module}/parameters/nested";
            if (File.Exists(path) && File.ReadAllText(path).Trim() is "1" or "Y")
                return $"{module} has nested=1";
        }
        return null;
    }
}
