using ContainerHost.Specification;

/// <summary>The parameters of hosts on Hyper-V.</summary>
public interface IDescribeHyperV : IDescribeHosts
{
    [Parameter("Virtual switch of Hyper-V by name - default is the only external one, else the Default Switch")]
    string? Switch => TryGetValue(() => Switch);

    [Parameter("Network adapter to make an external switch on when no switch fits; the host's network blinks")]
    string? CreateSwitchOn => TryGetValue(() => CreateSwitchOn);

    [Parameter("Remote Hyper-V host by name or address - default is this machine")]
    string? HyperVHost => TryGetValue(() => HyperVHost);

    [Parameter("How the remote host is reached - default is Https", ValueProviderMember = nameof(HyperVTransports))]
    string? HyperVTransport => TryGetValue(() => HyperVTransport);

    [Parameter(
        "How the user is authenticated there - default is Negotiate",
        ValueProviderMember = nameof(HyperVAuthentications)
    )]
    string? HyperVAuthentication => TryGetValue(() => HyperVAuthentication);

    [Parameter("User on the remote host, as DOMAIN\\user or user@domain - default is who runs the build")]
    string? HyperVUser => TryGetValue(() => HyperVUser);

    IEnumerable<string> HyperVTransports => Enum.GetNames<HyperVTransport>();

    IEnumerable<string> HyperVAuthentications => Enum.GetNames<HyperVAuthentication>();
}
