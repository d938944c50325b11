namespace ContainerHost.Specification.Rules;

/// <summary>What parameters of a host on Hyper-V cannot be had together.</summary>
internal static class HyperVRules
{
    // What is said to be as it is anyway does no harm.
    private static readonly (string Name, Func<HyperVSpec, bool> IsOther)[] OfRemoteHosts =
    [
        ("hyper-v-user", spec => spec.User is not null),
        ("hyper-v-transport", spec => spec.Transport != default),
        ("hyper-v-authentication", spec => spec.Authentication != default),
    ];

    public static IEnumerable<string> Check(HostRequest request, HyperVSpec spec)
    {
        if (IsNoName(spec.Switch))
            yield return "--switch must be the name of a virtual switch; 'Get-VMSwitch' lists them.";
        if (IsNoName(spec.CreateSwitchOn))
            yield return "--create-switch-on must be the name of a network adapter; 'Get-NetAdapter' tells it as InterfaceDescription.";
        if (spec.Computer is { } computer && Uri.CheckHostName(computer) == UriHostNameType.Unknown)
            yield return $"--hyper-v-host '{computer}' is not valid. Allowed: a host's name or address.";
        var isHere = spec.Computer is null || ThisMachine.Is(spec.Computer);
        foreach (
            var (name, _) in OfRemoteHosts.Where(one => isHere && request[one.Name] is not null && one.IsOther(spec))
        )
            yield return $"--{name} needs --hyper-v-host of another machine; this one is reached as who runs the build.";
        if (spec.Authentication == HyperVAuthentication.Basic && spec.Transport != HyperVTransport.Https)
            yield return "--hyper-v-authentication Basic needs --hyper-v-transport Https: the password must not travel in the clear.";
        // A later run is asked for it too, since it is never kept.
        if (spec.User is not null && string.IsNullOrEmpty(request["hyper-v-password"]))
            yield return "--hyper-v-user needs --hyper-v-password, best from the environment as NUKE_HYPER_V_PASSWORD.";
        if (spec is { Authentication: HyperVAuthentication.Basic, User: null })
            yield return "--hyper-v-authentication Basic needs --hyper-v-user.";
    }

    private static bool IsNoName(string? name) =>
        name is not null && (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl));
}
