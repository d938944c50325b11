using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The targets by which the user's own programs reach hosts.</summary>
public interface IReachHosts : IDescribeHosts
{
    [Parameter("Has SshConfig set what it prints, in this user's configuration")]
    bool Write => TryGetValue<bool?>(() => Write) ?? false;

    [Parameter("Has SshConfig take away what --write set")]
    bool Remove => TryGetValue<bool?>(() => Remove) ?? false;

    Target SshConfig =>
        _ =>
            _.Of(this, "Prints how OpenSSH reaches the host; --write has 'ssh NAME' find it until it is removed")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .TryAfter<IOperateHosts>(x => x.Start)
                .Executes(() => this.Reach().SshConfigAsync());
}
