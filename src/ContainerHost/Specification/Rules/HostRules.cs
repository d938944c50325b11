namespace ContainerHost.Specification.Rules;

/// <summary>What parameters of a host cannot be had together.</summary>
internal static class HostRules
{
    public static IEnumerable<string> Check(HostRequest request, HostSpec spec) =>
        [
            .. CheckGuest(spec),
            .. CheckSizes(spec),
            .. spec.HyperV is { } hyperV ? HyperVRules.Check(request, hyperV) : [],
            .. spec.Windows is { } windows ? new WindowsRules(request, spec, windows).Check() : CheckRuntime(spec),
            .. spec.VmIsolation == VmIsolationKind.Kata ? CheckKata(spec) : [],
            .. CheckLock(request),
        ];

    private static IEnumerable<string> CheckGuest(HostSpec spec)
    {
        if (
            spec is { DiskImage: null, Guest.Source: GuestSource.Apt }
            && ProviderFacts.Of(spec.Provider) is { StartsKernels: false } facts
        )
            yield return $"--guest {spec.Guest.Id} boots on QEMU only. On {spec.Provider} use --guest {facts.FreeGuest.Id}, or --disk-image.";
        // What is wrong with the catalogue is told where the guest is looked up.
        if (spec is not { DiskImage: null, Guest.Source: GuestSource.Listed })
            yield break;
        if (MediaCatalog.Read(spec.Catalog, []).FindImage(spec.Guest.Id) is not { } listed)
            yield return $"--guest {spec.Guest.Id} is in no catalogue that is there. Give the catalogue with --catalog, or an image with --disk-image.";
        else if (!PathOrUrl.IsUrl(listed.Image) && !File.Exists(listed.Image))
            yield return $"--guest {spec.Guest.Id} is made from '{listed.Image}' by the catalogue, and there is no such file.";
    }

    private static IEnumerable<string> CheckSizes(HostSpec spec)
    {
        var family = spec.Guest.Family;
        if (spec.Memory < family.LeastMemory)
            yield return $"--memory {spec.Memory} is too little for {spec.Guest.Title}: it needs {family.LeastMemory}.";
        var unit = ProviderFacts.Of(spec.Provider).MemoryUnit;
        if (spec.Memory.Bytes % unit.Bytes != 0)
            yield return $"--memory {spec.Memory} is no multiple of {unit}, which {spec.Provider} gives memory in.";
        if (spec.DiskSize < family.LeastDisk && spec.DiskImage is null)
            yield return $"--disk-size {spec.DiskSize} is too little for {spec.Guest.Title}: it needs {family.LeastDisk}.";
    }

    private static IEnumerable<string> CheckRuntime(HostSpec spec)
    {
        if (spec.RuntimeVersion is not null && spec.Runtime != RuntimeKind.Containerd)
            yield return $"--runtime-version needs --runtime Containerd; with --runtime {spec.Runtime} the guest's own packages are installed.";
    }

    private static IEnumerable<string> CheckKata(HostSpec spec)
    {
        if (!spec.Guest.Family.ChoosesVmIsolation)
            yield return "--vm-isolation Kata is for Debian guests: Windows has Hyper-V for its containers.";
        else if (spec.Runtime != RuntimeKind.Containerd)
            yield return "--vm-isolation Kata needs --runtime Containerd.";
        if (spec.Isolation == Isolation.Process)
            yield return "--vm-isolation Kata needs --isolation HyperV or Both.";
        if (spec.Memory < Limits.LeastKataMemory)
            yield return $"--memory {spec.Memory} is too little for --vm-isolation Kata: it needs {Limits.LeastKataMemory}.";
    }

    private static IEnumerable<string> CheckLock(HostRequest request)
    {
        if (request["lock-file"] is not null && request["locked"] is null)
            yield return "--lock-file needs --locked.";
    }
}
