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
        var spec = existing ?? new HostSpec { Name = name, Guest = GuestCatalog.DefaultFor(provider) };
        spec = spec with
        {
            Name = name,
            Provider = provider,
            HyperV = new HyperVRequestReader(request, provider, existing?.HyperV, _problems).Read(),
            Guest = ReadGuest(spec.Guest),
            Cpus = ReadCpus(spec.Cpus),
            Memory = ReadSize("--memory", request.Memory, spec.Memory, Limits.LeastMemory, Limits.MostMemory),
            DiskSize = ReadSize("--disk-size", request.DiskSize, spec.DiskSize, Limits.LeastDisk, Limits.MostDisk),
            Isolation = ReadEnum("--isolation", request.Isolation, spec.Isolation),
            Runtime = ReadEnum("--runtime", request.Runtime, spec.Runtime),
            RuntimeVersion = ReadVersion(spec.RuntimeVersion),
            DiskImage = request.DiskImage is null ? spec.DiskImage : Absolute(request.DiskImage),
            DiskImageSha256 = request.DiskImageSha256?.ToLowerInvariant() ?? spec.DiskImageSha256,
            AnswerFile = request.AnswerFile is null ? spec.AnswerFile : Absolute(request.AnswerFile),
        };
        CheckGuest(spec);
        CheckDiskImage(spec);
        CheckAnswerFile(spec);
        CheckRuntime(spec);
        CheckLock();
        CheckPassword();
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

    private Guest ReadGuest(Guest fallback)
    {
        if (request.Guest is null)
            return fallback;
        if (GuestCatalog.Find(request.Guest) is { } guest)
            return guest;
        var ids = GuestCatalog.All.Select(one => one.Id).ToList();
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

    // Docker's maker publishes its archives without digests, and nothing unchecked is installed.
    private void CheckRuntime(HostSpec spec)
    {
        if (spec.RuntimeVersion is not null && spec.Runtime != RuntimeKind.Containerd)
            _problems.Add(
                $"--runtime-version needs --runtime Containerd; with --runtime {spec.Runtime} the guest's own packages are installed."
            );
    }

    private void CheckLock()
    {
        if (request.LockFile is not null && !request.Locked)
            _problems.Add("--lock-file needs --locked.");
        if (request.LockFile is { } path && !File.Exists(path))
            Problem("--lock-file", path, "an existing lock file (host.lock.json of a host); there is no such file");
    }

    // A later run may be started from another folder.
    private static string Absolute(string pathOrUrl) =>
        pathOrUrl.Length == 0 || pathOrUrl.Contains("://", StringComparison.Ordinal)
            ? pathOrUrl
            : Path.GetFullPath(pathOrUrl);

    private void CheckDiskImage(HostSpec spec)
    {
        if (spec.DiskImageSha256 is { } digest && (digest.Length != 64 || !digest.All(char.IsAsciiHexDigit)))
            Problem("--disk-image-sha256", digest, "64 hexadecimal digits");
        if (spec.DiskImageSha256 is not null && spec.DiskImage is null)
            _problems.Add("--disk-image-sha256 needs --disk-image.");
        if (spec.DiskImage is null)
            return;
        if (!spec.DiskImage.Contains("://", StringComparison.Ordinal))
        {
            if (!File.Exists(spec.DiskImage))
                Problem("--disk-image", spec.DiskImage, "an existing file, or a URL; there is no such file");
            return;
        }
        var legal = Uri.TryCreate(spec.DiskImage, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        if (!legal)
            Problem("--disk-image", spec.DiskImage, "an existing file, or a URL that starts with http:// or https://");
        if (spec.DiskImageSha256 is null)
            _problems.Add(
                "--disk-image with a URL needs --disk-image-sha256: what is fetched is checked against a pinned digest."
            );
    }

    private void CheckAnswerFile(HostSpec spec)
    {
        if (spec.AnswerFile is not null && !File.Exists(spec.AnswerFile))
            Problem("--answer-file", spec.AnswerFile, "an existing cloud-config file; there is no such file");
    }

    private void CheckPassword()
    {
        // The value is a secret: it is described, never shown.
        if (request.Password is { Length: < 8 or > 128 })
            _problems.Add("--password must have 8 to 128 characters.");
        if (request.Password is { } password && password.Any(char.IsControl))
            _problems.Add("--password must not have control characters.");
    }

    private void CheckTimeout()
    {
        if (request.Timeout is not null && !TimeLimit.TryParse(request.Timeout, out _))
            Problem("--timeout", request.Timeout, "a time like 90s, 45m or 2h");
    }

    private void Problem(string parameter, string value, string allowed, string hint = "") =>
        _problems.Add($"{parameter} '{value}' is not valid. Allowed: {allowed}.{hint}");
}
