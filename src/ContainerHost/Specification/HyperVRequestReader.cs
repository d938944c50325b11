namespace ContainerHost.Specification;

/// <summary>Reads what of a request concerns Hyper-V, and gathers its problems.</summary>
internal sealed class HyperVRequestReader(
    HostRequest request,
    Provider provider,
    HyperVSpec? existing,
    List<string> problems
)
{
    public HyperVSpec? Read()
    {
        if (provider != Provider.HyperV)
        {
            RefuseAll();
            return null;
        }
        var had = existing ?? new HyperVSpec();
        var spec = new HyperVSpec
        {
            Switch = request.Switch ?? had.Switch,
            CreateSwitchOn = request.CreateSwitchOn ?? had.CreateSwitchOn,
            Computer = request.HyperVHost ?? had.Computer,
            Transport = EnumReader.Read("--hyper-v-transport", request.HyperVTransport, had.Transport, problems),
            Authentication = EnumReader.Read(
                "--hyper-v-authentication",
                request.HyperVAuthentication,
                had.Authentication,
                problems
            ),
            User = request.HyperVUser ?? had.User,
        };
        Check(spec);
        return spec;
    }

    private void RefuseAll()
    {
        (string Name, string? Value)[] given =
        [
            ("--switch", request.Switch),
            ("--create-switch-on", request.CreateSwitchOn),
            ("--hyper-v-host", request.HyperVHost),
            ("--hyper-v-transport", request.HyperVTransport),
            ("--hyper-v-authentication", request.HyperVAuthentication),
            ("--hyper-v-user", request.HyperVUser),
        ];
        problems.AddRange(
            given.Where(one => one.Value is not null).Select(one => $"{one.Name} needs --provider HyperV.")
        );
    }

    private void Check(HyperVSpec spec)
    {
        if (spec.Switch is { } name && (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl)))
            problems.Add("--switch must be the name of a virtual switch; 'Get-VMSwitch' lists them.");
        if (spec.Computer is { } computer && Uri.CheckHostName(computer) == UriHostNameType.Unknown)
            problems.Add($"--hyper-v-host '{computer}' is not valid. Allowed: a host's name or address.");
        if (spec.Computer is null && (spec.User is not null || request.HyperVTransport is not null))
            problems.Add(
                "--hyper-v-user and --hyper-v-transport need --hyper-v-host; this machine is reached as who runs the build."
            );
        if (spec.Authentication == HyperVAuthentication.Basic && spec.Transport != HyperVTransport.Https)
            problems.Add(
                "--hyper-v-authentication Basic needs --hyper-v-transport Https: the password must not travel in the clear."
            );
        // A later run is asked for it too, since it is never kept.
        if (spec.User is not null && string.IsNullOrEmpty(request.HyperVPassword))
            problems.Add("--hyper-v-user needs --hyper-v-password, best from the environment as HYPER_V_PASSWORD.");
        if (spec is { Authentication: HyperVAuthentication.Basic, User: null })
            problems.Add("--hyper-v-authentication Basic needs --hyper-v-user.");
    }
}
