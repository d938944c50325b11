using System.Globalization;

namespace ContainerHost.Specification;

/// <summary>Reads one request field by field and gathers every problem on the way.</summary>
internal sealed class HostRequestReader(HostRequest request, HostSpec? existing)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public HostSpec Read()
    {
        var name = ReadName();
        var provider = ReadProvider();
        var guest = ReadGuest(existing?.Guest ?? GuestCatalog.DefaultFor(provider));
        var spec = existing ?? HostSpec.DefaultsFor(name, guest);
        spec = spec with
        {
            Name = name,
            Provider = provider,
            HyperV = new HyperVRequestReader(request, provider, existing?.HyperV, _problems).Read(),
            Guest = guest,
            Cpus = ReadCpus(spec.Cpus),
            Memory = ReadSize("--memory", request.Memory, spec.Memory, Limits.LeastMemory, Limits.MostMemory),
            DiskSize = ReadSize("--disk-size", request.DiskSize, spec.DiskSize, Limits.LeastDisk, Limits.MostDisk),
            Isolation = ReadEnum("--isolation", request.Isolation, spec.Isolation),
            VmIsolation = ReadEnum("--vm-isolation", request.VmIsolation, spec.VmIsolation),
            Runtime = ReadEnum("--runtime", request.Runtime, spec.Runtime),
            RuntimeVersion = ReadVersion(spec.RuntimeVersion),
            DiskImage = request.DiskImage is null ? spec.DiskImage : PathOrUrl.Absolute(request.DiskImage),
            DiskImageSha256 = request.DiskImageSha256?.ToLowerInvariant() ?? spec.DiskImageSha256,
            AnswerFile = request.AnswerFile is null ? spec.AnswerFile : PathOrUrl.Absolute(request.AnswerFile),
        };
        spec = spec with
        {
            Windows = new WindowsRequestReader(request, _problems).Read(
                guest,
                provider,
                spec.DiskImage,
                existing?.Windows
            ),
        };
        CheckGuest(spec);
        CheckSizes(spec);
        PathOrUrl.Check("--disk-image", spec.DiskImage, spec.DiskImageSha256, _problems);
        CheckAnswerFile(spec);
        CheckRuntime(spec);
        CheckKata(spec);
        CheckLock();
        CheckPassword(spec);
        CheckTimeout();
        return spec;
    }

    private HostName ReadName()
    {
        var text = request.Name ?? existing?.Name.Value ?? HostName.Default.Value;
        if (HostName.TryParse(text, out var name))
            return name;
        Problem(
            "--name",
            text,
            "1 to 15 letters, digits and hyphens, starting with a letter, not ending with a hyphen"
        );
        return HostName.Default;
    }

    private Provider ReadProvider()
    {
        var provider = ReadEnum("--provider", request.Provider, existing?.Provider ?? Provider.Auto);
        return provider == Provider.Auto ? HostSpec.ProviderHere : provider;
    }

    // The image built here has no boot loader: QEMU starts its kernel directly, which Hyper-V cannot.
    private void CheckGuest(HostSpec spec)
    {
        if (spec.Provider == Provider.HyperV && spec.Guest == GuestCatalog.Debian12 && spec.DiskImage is null)
            _problems.Add(
                $"--guest {spec.Guest.Id} boots on QEMU only. On Hyper-V use --guest {GuestCatalog.Debian12Cloud.Id}, or --disk-image."
            );
    }

    // Microsoft's "Hardware requirements for Windows Server": 32 GB of disk; setup and nested Hyper-V need 2 GiB of memory.
    private void CheckSizes(HostSpec spec)
    {
        if (spec.Guest.Family != GuestFamily.WindowsServer)
            return;
        if (spec.Memory < Limits.LeastWindowsMemory)
            _problems.Add(
                $"--memory {spec.Memory} is too little for {spec.Guest.Title}: it needs {Limits.LeastWindowsMemory}."
            );
        if (spec.DiskSize < Limits.LeastWindowsDisk && spec.DiskImage is null)
            _problems.Add(
                $"--disk-size {spec.DiskSize} is too little for {spec.Guest.Title}: it needs {Limits.LeastWindowsDisk}."
            );
    }

    private Guest ReadGuest(Guest fallback)
    {
        var path = request.Catalog ?? existing?.Windows?.Catalog;
        var catalog = GuestCatalog.With(MediaCatalog.Read(path, _problems));
        if (request.Guest is null)
            return fallback;
        if (
            catalog.FirstOrDefault(one => one.Id.Equals(request.Guest, StringComparison.OrdinalIgnoreCase)) is { } guest
        )
            return guest;
        var ids = catalog.Select(one => one.Id).ToList();
        Problem("--guest", request.Guest, string.Join(", ", ids), Nearest.Hint(request.Guest, ids));
        return fallback;
    }

    private int ReadCpus(int fallback)
    {
        if (request.Cpus is null)
            return fallback;
        var whole = int.TryParse(request.Cpus, NumberStyles.None, CultureInfo.InvariantCulture, out var cpus);
        if (whole && cpus is >= 1 and <= Limits.MostCpus)
            return cpus;
        Problem("--cpus", request.Cpus, $"a whole number from 1 to {Limits.MostCpus}");
        return fallback;
    }

    private ByteSize ReadSize(string parameter, string? text, ByteSize fallback, ByteSize least, ByteSize most)
    {
        if (text is null)
            return fallback;
        if (ByteSize.TryParse(text, out var size) && size >= least && size <= most)
            return size;
        Problem(
            parameter,
            text,
            $"a size from {least} to {most}, written as a whole number with a unit, like 512MiB or 2GiB"
        );
        return fallback;
    }

    private T ReadEnum<T>(string parameter, string? text, T fallback)
        where T : struct, Enum => EnumReader.Read(parameter, text, fallback, _problems);

    private VersionWish? ReadVersion(VersionWish? fallback)
    {
        if (request.RuntimeVersion is null)
            return fallback;
        if (VersionWish.TryParse(request.RuntimeVersion, out var wish))
            return wish;
        Problem(
            "--runtime-version",
            request.RuntimeVersion,
            "latest, a version like 2.1.4, or a range like 2.1, ^2.0.5 or '>=1.7 <2'"
        );
        return fallback;
    }

    private void CheckRuntime(HostSpec spec)
    {
        if (spec.Windows is { } windows)
            new WindowsRuntimeRules(spec, windows, _problems).Check();
        else if (spec.RuntimeVersion is not null && spec.Runtime != RuntimeKind.Containerd)
            _problems.Add(
                $"--runtime-version needs --runtime Containerd; with --runtime {spec.Runtime} the guest's own packages are installed."
            );
    }

    private void CheckKata(HostSpec spec)
    {
        if (spec.VmIsolation != VmIsolationKind.Kata)
            return;
        if (spec.Guest.Family != GuestFamily.Debian)
            _problems.Add("--vm-isolation Kata is for Debian guests: Windows has Hyper-V for its containers.");
        else if (spec.Runtime != RuntimeKind.Containerd)
            _problems.Add("--vm-isolation Kata needs --runtime Containerd.");
        if (spec.Isolation == Isolation.Process)
            _problems.Add("--vm-isolation Kata needs --isolation HyperV or Both.");
        if (spec.Memory < Limits.LeastKataMemory)
            _problems.Add(
                $"--memory {spec.Memory} is too little for --vm-isolation Kata: it needs {Limits.LeastKataMemory}."
            );
    }

    private void CheckLock()
    {
        if (request.LockFile is not null && !request.Locked)
            _problems.Add("--lock-file needs --locked.");
        if (request.LockFile is { } path && !File.Exists(path))
            Problem("--lock-file", path, "an existing lock file (host.lock.json of a host); there is no such file");
    }

    private void CheckAnswerFile(HostSpec spec)
    {
        if (spec.AnswerFile is not null && !File.Exists(spec.AnswerFile))
            Problem("--answer-file", spec.AnswerFile, "an existing file; there is no such file");
    }

    private void CheckPassword(HostSpec spec)
    {
        // The value is a secret: it is described, never shown.
        if (request.Password is { Length: < 8 or > 128 })
            _problems.Add("--password must have 8 to 128 characters.");
        if (request.Password is { } password && password.Any(char.IsControl))
            _problems.Add("--password must not have control characters.");
        // Set-up would end half-way, and say so on a screen that nobody sees.
        if (
            spec.Guest.Family == GuestFamily.WindowsServer
            && request.Password is { } given
            && (!PasswordRules.IsComplex(given) || given.Contains("Administrator", StringComparison.OrdinalIgnoreCase))
        )
            _problems.Add(
                "--password must have three of capitals, small letters, digits and other characters for Windows, and not the user's name."
            );
    }

    private void CheckTimeout()
    {
        if (request.Timeout is not null && !TimeLimit.TryParse(request.Timeout, out _))
            Problem("--timeout", request.Timeout, "a time like 90s, 45m or 2h");
    }

    private void Problem(string parameter, string value, string allowed, string hint = "") =>
        _problems.Add($"{parameter} '{value}' is not valid. Allowed: {allowed}.{hint}");
}
