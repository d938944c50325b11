namespace ContainerHost.Specification;

/// <summary>Reads what of a request concerns Windows Server guests, and gathers its problems.</summary>
internal sealed class WindowsRequestReader(HostRequest request, List<string> problems)
{
    // Since version 1709 (2017) Nano Server is published as a container image only.
    private const string NanoServer = "NanoServer";

    public WindowsSpec? Read(Guest guest, string? diskImage, WindowsSpec? existing)
    {
        if (guest.Family != GuestFamily.WindowsServer)
        {
            RefuseAll();
            return null;
        }
        var had = existing ?? new WindowsSpec();
        var spec = new WindowsSpec
        {
            Edition = ReadEdition(had.Edition),
            Iso = request.Iso is null ? had.Iso : PathOrUrl.Absolute(request.Iso),
            IsoSha256 = request.IsoSha256?.ToLowerInvariant() ?? had.IsoSha256,
            Catalog = request.Catalog is null ? had.Catalog : Path.GetFullPath(request.Catalog),
            LicenseAccepted = request.AcceptLicense || had.LicenseAccepted,
        };
        if (diskImage is null)
            CheckMedium(spec, guest);
        else if (spec.Iso is not null)
            problems.Add("--iso and --disk-image exclude each other: a host is made from one of them.");
        return spec;
    }

    private void RefuseAll()
    {
        (string Name, string? Value)[] given =
        [
            ("--edition", request.Edition),
            ("--iso", request.Iso),
            ("--iso-sha256", request.IsoSha256),
        ];
        problems.AddRange(
            given
                .Where(one => one.Value is not null)
                .Select(one => $"{one.Name} needs a Windows guest, such as --guest windows-server-2022.")
        );
    }

    private WindowsEdition ReadEdition(WindowsEdition fallback)
    {
        if (!string.Equals(request.Edition, NanoServer, StringComparison.OrdinalIgnoreCase))
            return EnumReader.Read("--edition", request.Edition, fallback, problems);
        problems.Add(
            $"--edition {NanoServer} cannot be installed: Nano Server is a container image today. Install {fallback} and run nanoserver containers on it."
        );
        return fallback;
    }

    private void CheckMedium(WindowsSpec spec, Guest guest)
    {
        PathOrUrl.Check("--iso", spec.Iso, spec.IsoSha256, problems);
        if (spec.LicenseAccepted)
            return;
        var unread = new List<string>();
        var medium = MediaCatalog.Read(spec.Catalog, unread).Find(guest.Id);
        problems.Add(
            $"{guest.Title} has licence terms{(medium is null ? "" : $": {medium.Terms}")}. Read them; --accept-license says that you accept them."
        );
    }
}
