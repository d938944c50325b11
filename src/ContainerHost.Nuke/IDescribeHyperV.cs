namespace ContainerHost.Targets;

/// <summary>The parameters of hosts on Hyper-V.</summary>
public interface IDescribeHyperV : IDescribeHosts
{
    [HostParameter]
    string? Switch => TryGetValue(() => Switch);

    [HostParameter]
    string? CreateSwitchOn => TryGetValue(() => CreateSwitchOn);

    [HostParameter]
    string? HyperVHost => TryGetValue(() => HyperVHost);

    [HostParameter]
    string? HyperVTransport => TryGetValue(() => HyperVTransport);

    [HostParameter]
    string? HyperVAuthentication => TryGetValue(() => HyperVAuthentication);

    [HostParameter]
    string? HyperVUser => TryGetValue(() => HyperVUser);
}
