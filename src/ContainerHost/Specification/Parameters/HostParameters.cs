using System.Globalization;
using System.Linq.Expressions;

namespace ContainerHost.Specification.Parameters;

/// <summary>The parameters of hosts: those of any host here, those of its network, of its folders, of Windows guests, of Hyper-V and of the user's scripts in lists of their own.</summary>
public static class HostParameters
{
    private static readonly Rows<HostSpec> Host = new(
        Audience.Any,
        spec => spec,
        spec => spec with { },
        (_, changed) => changed
    );

    /// <summary>Every parameter, in the order of the documents.</summary>
    internal static IReadOnlyList<Parameter> All { get; } =
    [
        .. First(),
        .. Machine(),
        .. Containers(),
        .. WindowsParameters.All,
        .. HyperVParameters.All,
        .. ProvisioningParameters.All,
        .. OfTheRun(),
    ];

    /// <summary>What a parameter is for, and its default, in a sentence for <c>--help</c>; by its name, with or without hyphens and whatever its case.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static string Help(string name) => Find(name).Help;

    /// <summary>The values of a parameter to choose from; null where others are allowed too.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static IReadOnlyList<string>? Values(string name) => Find(name).Values;

    /// <summary>The parameter of that name, with or without hyphens and whatever its case.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static Parameter Find(string name) =>
        All.FirstOrDefault(one => Plain(one.Name).Equals(Plain(name), StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no parameter '{name}' of hosts", nameof(name));

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);

    // What the others hang on: they are read by SpecReader, before all others.
    private static IEnumerable<Parameter> First() =>
        [
            new()
            {
                Name = "name",
                Words = "Name of the host, 1 to 15 letters, digits and hyphens",
                Default = $"'{HostName.Default}'",
                Allowed =
                    "1 to 15 letters, digits and hyphens, starting with a letter, not ending with a hyphen; no device of Windows, such as con or com1, and not localhost",
                Change = Change.ThisRun,
                Value = spec => spec.Name.Value,
            },
            new()
            {
                Name = "provider",
                Words = "Hypervisor",
                Default = nameof(Provider.Auto),
                Values = Enum.GetNames<Provider>(),
                Allowed = "Auto is HyperV on Windows, Qemu elsewhere",
                Change = Change.MakeAnew,
                Value = spec => $"{spec.Provider}",
            },
            new()
            {
                Name = "guest",
                Words = "Guest's operating system",
                Default =
                    $"{ProviderFacts.Of(Provider.Qemu).DefaultGuest.Id} on QEMU, {ProviderFacts.Of(Provider.HyperV).DefaultGuest.Id} on Hyper-V",
                Values = [.. GuestCatalog.All.Select(guest => guest.Id)],
                Allowed = "and those of --catalog",
                Change = Change.MakeAnew,
                Value = spec => spec.Guest.Id,
            },
        ];

    private static IEnumerable<Parameter> Machine() =>
        [
            Host.Of(
                "cpus",
                "Virtual processors",
                host => host.Cpus,
                Change.PowerCycle,
                $"a whole number from 1 to {Limits.MostCpus}",
                ReadCpus,
                "2"
            ),
            Size(
                "memory",
                "Memory, like 512MiB or 2GiB",
                host => host.Memory,
                Change.PowerCycle,
                Limits.LeastMemory,
                Limits.MostMemory,
                "2GiB; 4GiB for Windows"
            ),
            Size(
                "disk-size",
                "Disk as the guest sees it, sparse",
                host => host.DiskSize,
                Change.Grow,
                Limits.LeastDisk,
                Limits.MostDisk,
                "20GiB; 40GiB for Windows"
            ),
            Host.Of<ByteSize?>(
                "data-disk",
                "Disk of its own for a Linux host's data, mounted at /data, sparse",
                host => host.DataDisk,
                Change.Grow,
                $"a size from {Limits.LeastDataDisk} to {Limits.MostDisk}, written as a whole number with a unit, like 50GiB",
                ReadDataDisk
            ) with
            {
                Check = spec =>
                    spec is { DataDisk: not null, Windows: not null }
                        ? ["--data-disk is for Linux guests; a Windows guest has its system's disk alone for now."]
                        : [],
            },
            .. NetworkParameters.Of(Host),
            .. FolderParameters.Of(Host),
            .. Host.Given(
                "disk-image",
                "Ready disk image to boot from, path or URL, instead of the guest's own medium",
                host => host.DiskImage,
                host => host.DiskImageSha256,
                allowed: "raw, qcow2 or VHDX, also packed by xz, gzip, zstd or zip, with cloud-init or cloudbase-init"
            ),
            // Whether the file is there is seen when the guest is looked up in it.
            Host.Text(
                "catalog",
                "Your own catalogue of guests, added to ours: images of Linux and installation media of Windows",
                host => host.Catalog,
                Change.InPlace,
                Path.GetFullPath
            ) with
            {
                IsPath = true,
                Allowed = "a file as [schema/catalog.schema.json](schema/catalog.schema.json) describes it",
            },
            Host.File(
                "answer-file",
                "Your own data for cloud-init (Debian) or answer file (Windows), beside ours",
                host => host.AnswerFile,
                Change.MakeAnew,
                "an existing file"
            ) with
            {
                Mark = host => host.AnswerFileDigest ?? Fingerprint.OfFile(host.AnswerFile),
            },
        ];

    private static IEnumerable<Parameter> Containers() =>
        [
            Host.Choice(
                "isolation",
                "Kinds of container the host must run",
                host => host.Isolation,
                Change.InstallAgain,
                Isolation.Both
            ) with
            {
                // Both differs from HyperV in what Verify asks for only.
                Mark = host => $"{host.NeedsNested}",
            },
            Host.Choice(
                "vm-isolation",
                "What gives a Debian guest's containers VMs of their own",
                host => host.VmIsolation,
                Change.InstallAgain
            ) with
            {
                Allowed = "Kata needs containerd, and 4GiB of memory",
            },
            Host.Choice("runtime", "What runs the containers", host => host.Runtime, Change.InstallAgain),
            Host.Of<VersionWish?>(
                "runtime-version",
                "Version of containerd's own release, or of Docker on Windows",
                host => host.RuntimeVersion,
                Change.MakeAnew,
                "latest, a version like 2.1.4, or a range like 2.1, ^2.0.5 or '>=1.7 <2'",
                VersionWish.TryParse,
                "the guest's package, or the latest on Windows"
            ) with
            {
                None = "the guest's own package",
            },
        ];

    private static IEnumerable<Parameter> OfTheRun() =>
        [
            new()
            {
                Name = "password",
                Words = "Log-in password of the guest's user: admin, on Windows Administrator",
                Default = "a generated one, kept in the host's folder",
                Allowed = "8 to 128 characters; best set as NUKE_PASSWORD",
                Change = Change.MakeAnew,
                IsSecret = true,
                Read = Judged(CheckPassword),
            },
            new()
            {
                Name = "locked",
                Words = "Makes the host from its lock file alone, and fails on any difference",
                Change = Change.ThisRun,
                IsFlag = true,
                Read = (spec, _, _) => spec,
            },
            new()
            {
                Name = "keep-data",
                Words = "Has --recreate keep the disk of --data-disk with all that is on it, for Linux guests on QEMU",
                Change = Change.ThisRun,
                IsFlag = true,
                Read = (spec, _, _) => spec,
            },
            new()
            {
                Name = "lock-file",
                Words = "Lock file of another host or machine",
                Default = "the host's own",
                Allowed = "an existing lock file (host.lock.json of a host)",
                Change = Change.ThisRun,
                IsPath = true,
                Read = Judged(CheckLockFile),
            },
            new()
            {
                Name = "checks",
                Words =
                    "Which checks Verify runs: ids separated by commas, All, or Quick (log-in, address, identity of a clone, runtime, both kinds of container, your own)",
                Default = "All; Quick for a clone",
                Allowed = "ids of the host's checks, as its report has them",
                Change = Change.ThisRun,
                Read = (spec, _, _) => spec,
            },
            new()
            {
                Name = "lifetime",
                Words =
                    "How long the host, clone or template is kept, from now on; any later run removes what is past it",
                Default = "for good",
                Allowed = "a time of at most a week, like 90m or 2h, or none for good",
                Change = Change.ThisRun,
                Read = Judged(CheckLifetime),
            },
            new()
            {
                Name = "timeout",
                Words = "Limit for the whole run, like 90s, 45m or 2h",
                Default = "none",
                Allowed = "a time like 90s, 45m or 2h",
                Change = Change.ThisRun,
                Read = Judged(CheckTimeout),
            },
        ];

    private static Parameter Size(
        string name,
        string words,
        Expression<Func<HostSpec, ByteSize>> value,
        Change change,
        ByteSize least,
        ByteSize most,
        string otherwise
    ) =>
        Host.Of(
            name,
            words,
            value,
            change,
            $"a size from {least} to {most}, written as a whole number with a unit, like 512MiB or 2GiB",
            (string text, out ByteSize size) => ByteSize.TryParse(text, out size) && size >= least && size <= most,
            otherwise
        );

    private static bool ReadCpus(string text, out int cpus) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out cpus)
        && cpus is >= 1 and <= Limits.MostCpus;

    private static bool ReadDataDisk(string text, out ByteSize? read)
    {
        var valid = ByteSize.TryParse(text, out var size) && size >= Limits.LeastDataDisk && size <= Limits.MostDisk;
        read = valid ? size : null;
        return valid;
    }

    // Of the run alone: it is judged, and no spec keeps it.
    private static Func<HostSpec, string, List<string>, HostSpec> Judged(
        Func<HostSpec, string, IEnumerable<string>> judge
    ) =>
        (spec, text, problems) =>
        {
            problems.AddRange(judge(spec, text));
            return spec;
        };

    // The value is a secret: it is described, never shown.
    private static IEnumerable<string> CheckPassword(HostSpec spec, string password)
    {
        if (password.Length is < 8 or > 128)
            yield return "--password must have 8 to 128 characters.";
        if (password.Any(char.IsControl))
            yield return "--password must not have control characters.";
        // Microsoft's "New-LocalUser": a password can contain up to 127 characters.
        if (spec.Windows is not null && password.Length == 128)
            yield return "--password must have 8 to 127 characters for Windows.";
        // Set-up would end half-way, and say so on a screen that nobody sees.
        if (
            spec.Guest.Family.DemandsComplexPasswords
            && (
                !PasswordRules.IsComplex(password)
                || password.Contains(spec.Guest.Family.User, StringComparison.OrdinalIgnoreCase)
            )
        )
            yield return "--password must have three of capitals, small letters, digits and other characters for Windows, and not the user's name.";
    }

    private static IEnumerable<string> CheckLockFile(HostSpec spec, string path) =>
        File.Exists(path) ? [] : [Problem.Of("lock-file", path, $"{Find("lock-file").Allowed}; there is no such file")];

    private static IEnumerable<string> CheckLifetime(HostSpec spec, string text) =>
        Lifetime.TryParse(text, out _) ? [] : [Problem.Of("lifetime", text, Find("lifetime").Allowed)];

    private static IEnumerable<string> CheckTimeout(HostSpec spec, string text) =>
        TimeLimit.TryParse(text, out _) ? [] : [Problem.Of("timeout", text, Find("timeout").Allowed)];
}
