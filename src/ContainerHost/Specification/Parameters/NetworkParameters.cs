namespace ContainerHost.Specification.Parameters;

/// <summary>The parameters of a host's network: what it reaches, who reaches it, and whom it trusts.</summary>
internal static class NetworkParameters
{
    public static IEnumerable<Parameter> Of(Rows<HostSpec> all) =>
        [
            all.Choice(
                "network",
                "What the guest reaches by its own network: Open is all that this machine reaches, its own services and a cloud's metadata included, Restricted nothing; what is installed comes over the build's connection in any case",
                host => host.Network,
                Change.PowerCycle
            ) with
            {
                Allowed = "Restricted for Linux guests on QEMU",
                Check = CheckNetwork,
            },
            all.Of<PrivateNetwork?>(
                "private-network",
                "Network between hosts of this machine alone, and the host's address in it; its name leads the others to it",
                host => host.PrivateNetwork,
                Change.MakeAnew,
                "NAME:ip=ADDRESS/BITS, like lab:ip=10.77.0.11/24, in a private IPv4 network of 8 to 29 bits that is neither 10.0.2.0/24 nor in 10.88.0.0/16",
                PrivateNetwork.TryParse
            ) with
            {
                None = "none",
                Check = CheckPrivateNetwork,
            },
            all.Told(
                "forward",
                "Ports of this machine that lead to the guest, reached from this machine alone unless an address is named",
                host => host.Forward,
                Change.InPlace,
                PortForwards.Allowed,
                PortForwards.Read
            ) with
            {
                Check = CheckForward,
            },
            all.File(
                "ca-file",
                "Further authorities (CA) that are trusted, here in this run and in the guest for good",
                host => host.CaFile,
                Change.InstallAgain,
                "a PEM file with certificates"
            ) with
            {
                Mark = host => host.CaFileDigest,
                Read = (host, text, _) =>
                    host with
                    {
                        CaFile = PathOrUrl.Absolute(text),
                        CaFileDigest = Fingerprint.OfFile(PathOrUrl.Absolute(text)),
                    },
            },
            all.Text(
                "guest-proxy",
                "Proxy that the guest is told of: log-ins, runtimes and Docker's containers; NO_PROXY goes with it",
                host => host.GuestProxy,
                Change.InstallAgain
            ) with
            {
                Allowed = "http://HOST:PORT as the guest reaches it, perhaps with USER:PASSWORD@; none takes it away",
                None = "none",
                IsAddress = true,
                // What was never there is not taken away.
                Read = (host, text, _) =>
                    text == "none" && host.GuestProxy is null ? host : host with { GuestProxy = text },
                Check = CheckGuestProxy,
            },
        ];

    private static IEnumerable<string> CheckNetwork(HostSpec spec) =>
        spec.Network == GuestNetwork.Open || (ProviderFacts.Of(spec.Provider).OwnsNetwork && spec.Windows is null)
            ? []
            :
            [
                "--network Restricted is for Linux guests on QEMU; on Hyper-V choose a --switch that leads nowhere, and give Windows what it needs by --openssh and --docker-archive.",
            ];

    private static IEnumerable<string> CheckPrivateNetwork(HostSpec spec) =>
        spec.PrivateNetwork is null || (ProviderFacts.Of(spec.Provider).HasPrivateNetworks && spec.Windows is null)
            ? []
            : ["--private-network is for Linux guests; on Hyper-V give Windows hosts the same --switch."];

    private static IEnumerable<string> CheckForward(HostSpec spec)
    {
        if (spec.Forward is not { } forwards)
            yield break;
        if (forwards.All.FirstOrDefault(one => one.IsUdp) is not { } udp)
            yield break;
        if (!ProviderFacts.Of(spec.Provider).OwnsNetwork)
            yield return $"--forward '{udp}' is not possible on {spec.Provider}, whose ports are forwarded by Windows' proxy, for TCP alone; the guest has an address of its own, which Status shows.";
        // A restricted network drops all that a guest sends by UDP, answers included (libslirp, src/udp.c, udp_input).
        else if (spec.Network == GuestNetwork.Restricted)
            yield return $"--forward '{udp}' is not possible with --network Restricted, which lets no answer by UDP out of the guest.";
    }

    private static IEnumerable<string> CheckGuestProxy(HostSpec spec)
    {
        if (spec.GuestProxy is not { } text || text == "none")
            yield break;
        // The value may have a password; quotation marks and blanks have a meaning in the files that it goes to.
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || text.Any(c => char.IsWhiteSpace(c) || c is '"' or '\\' or '$')
        )
            yield return $"--guest-proxy is not valid. Allowed: {HostParameters.Find("guest-proxy").Allowed}.";
        else if (address.IsLoopback)
            yield return $"--guest-proxy is on {address.Host}, which is the guest itself there; give the address by which the guest reaches the proxy.";
    }
}
