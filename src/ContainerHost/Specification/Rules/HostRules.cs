namespace ContainerHost.Specification.Rules;

/// <summary>What parameters of a host cannot be had together.</summary>
internal static class HostRules
{
    public static void Check(HostRequest request, HostSpec spec, List<string> problems)
    {
        CheckGuest(spec, problems);
        CheckSizes(spec, problems);
        if (spec.HyperV is { } hyperV)
            HyperVRules.Check(request, hyperV, problems);
        if (spec.Windows is { } windows)
            new WindowsRules(request, spec, windows, problems).Check();
        else if (spec.RuntimeVersion is not null && spec.Runtime != RuntimeKind.Containerd)
            problems.Add(
                $"--runtime-version needs --runtime Containerd; with --runtime {spec.Runtime} the guest's own packages are installed."
            );
        if (spec.VmIsolation == VmIsolationKind.Kata)
            CheckKata(spec, problems);
        if (request["lock-file"] is not null && request["locked"] is null)
            problems.Add("--lock-file needs --locked.");
    }

    private static void CheckGuest(HostSpec spec, List<string> problems)
    {
        if (
            spec is { DiskImage: null, Guest.Source: GuestSource.Apt }
            && ProviderFacts.Of(spec.Provider) is { StartsKernels: false } facts
        )
            problems.Add(
                $"--guest {spec.Guest.Id} boots on QEMU only. On {spec.Provider} use --guest {facts.DefaultGuest.Id}, or --disk-image."
            );
    }

    private static void CheckSizes(HostSpec spec, List<string> problems)
    {
        var family = spec.Guest.Family;
        if (spec.Memory < family.LeastMemory)
            problems.Add(
                $"--memory {spec.Memory} is too little for {spec.Guest.Title}: it needs {family.LeastMemory}."
            );
        if (spec.DiskSize < family.LeastDisk && spec.DiskImage is null)
            problems.Add(
                $"--disk-size {spec.DiskSize} is too little for {spec.Guest.Title}: it needs {family.LeastDisk}."
            );
    }

    private static void CheckKata(HostSpec spec, List<string> problems)
    {
        if (!spec.Guest.Family.ChoosesVmIsolation)
            problems.Add("--vm-isolation Kata is for Debian guests: Windows has Hyper-V for its containers.");
        else if (spec.Runtime != RuntimeKind.Containerd)
            problems.Add("--vm-isolation Kata needs --runtime Containerd.");
        if (spec.Isolation == Isolation.Process)
            problems.Add("--vm-isolation Kata needs --isolation HyperV or Both.");
        if (spec.Memory < Limits.LeastKataMemory)
            problems.Add(
                $"--memory {spec.Memory} is too little for --vm-isolation Kata: it needs {Limits.LeastKataMemory}."
            );
    }
}
