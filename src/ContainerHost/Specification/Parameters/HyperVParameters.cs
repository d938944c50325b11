namespace ContainerHost.Specification.Parameters;

/// <summary>The parameters of hosts on Hyper-V.</summary>
internal static class HyperVParameters
{
    private static readonly Rows<HyperVSpec> HyperV = new(
        Audience.HyperV,
        spec => spec.HyperV,
        part => part with { },
        (spec, part) => spec with { HyperV = part }
    );

    public static IReadOnlyList<Parameter> All { get; } =
    [
        HyperV.Text("switch", "Virtual switch of Hyper-V by name", one => one.Switch, Change.MakeAnew) with
        {
            Default = "the only external one, else the Default Switch",
            Allowed = "not a private one",
            None = "any",
        },
        HyperV.Text(
            "create-switch-on",
            "Network adapter to make an external switch on when no switch fits; the host's network blinks",
            one => one.CreateSwitchOn,
            Change.InPlace
        ),
        HyperV.Text("hyper-v-host", "Remote Hyper-V host by name or address", one => one.Computer, Change.MakeAnew) with
        {
            Default = "this machine",
            None = "this machine",
        },
        HyperV.Choice("hyper-v-transport", "How the remote host is reached", one => one.Transport, Change.InPlace),
        HyperV.Choice(
            "hyper-v-authentication",
            "How the user is authenticated there",
            one => one.Authentication,
            Change.InPlace
        ) with
        {
            Allowed = "Basic over Https only",
        },
        HyperV.Text(
            "hyper-v-user",
            "User on the remote host, as DOMAIN\\user or user@domain",
            one => one.User,
            Change.InPlace,
            otherwise: "who runs the build"
        ),
        new()
        {
            Name = "hyper-v-password",
            Words = "Password of the user on a remote Hyper-V host; never kept",
            Allowed = "best set as NUKE_HYPER_V_PASSWORD",
            For = Audience.HyperV,
            Change = Change.ThisRun,
            IsSecret = true,
            IsIgnoredElsewhere = true,
            Read = (spec, _, _) => spec,
        },
    ];
}
