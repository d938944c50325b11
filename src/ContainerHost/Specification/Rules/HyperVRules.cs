namespace ContainerHost.Specification.Rules;

/// <summary>What parameters of a host on Hyper-V cannot be had together.</summary>
internal static class HyperVRules
{
    public static IEnumerable<string> Check(HostRequest request, HyperVSpec spec)
    {
        if (spec.Switch is { } name && (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl)))
            yield return "--switch must be the name of a virtual switch; 'Get-VMSwitch' lists them.";
        if (spec.Computer is { } computer && Uri.CheckHostName(computer) == UriHostNameType.Unknown)
            yield return $"--hyper-v-host '{computer}' is not valid. Allowed: a host's name or address.";
        if (spec.Computer is null && (spec.User is not null || request["hyper-v-transport"] is not null))
            yield return "--hyper-v-user and --hyper-v-transport need --hyper-v-host; this machine is reached as who runs the build.";
        if (spec.Authentication == HyperVAuthentication.Basic && spec.Transport != HyperVTransport.Https)
            yield return "--hyper-v-authentication Basic needs --hyper-v-transport Https: the password must not travel in the clear.";
        // A later run is asked for it too, since it is never kept.
        if (spec.User is not null && string.IsNullOrEmpty(request["hyper-v-password"]))
            yield return "--hyper-v-user needs --hyper-v-password, best from the environment as NUKE_HYPER_V_PASSWORD.";
        if (spec is { Authentication: HyperVAuthentication.Basic, User: null })
            yield return "--hyper-v-authentication Basic needs --hyper-v-user.";
    }
}
