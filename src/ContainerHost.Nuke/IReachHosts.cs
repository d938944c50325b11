using ContainerHost.Hosts;
using ContainerHost.Targets.Completion;
using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The targets by which the user's own programs reach hosts.</summary>
public interface IReachHosts : IDescribeHosts
{
    [Parameter("Has SshConfig and Connect set what they print, in this user's configuration")]
    bool Write => TryGetValue<bool?>(() => Write) ?? false;

    [Parameter("Has SshConfig and Connect take away what they set")]
    bool Remove => TryGetValue<bool?>(() => Remove) ?? false;

    [Parameter(
        "Form of what Connect prints - default is env; powershell on Windows",
        ValueProviderType = typeof(EngineAccess),
        ValueProviderMember = nameof(EngineAccess.Formats)
    )]
    string? Format => TryGetValue(() => Format);

    [Parameter(
        "Shell that Completion prints a script for - default is bash; powershell on Windows",
        ValueProviderType = typeof(IReachHosts),
        ValueProviderMember = nameof(Shells)
    )]
    string? Shell => TryGetValue(() => Shell);

    [Parameter("File or folder that Copy copies, here or as NAME:/PATH in a host")]
    string? FromPath => TryGetValue(() => FromPath);

    [Parameter("Where Copy puts it, here or as NAME:/PATH in a host; into a folder that is there")]
    string? ToPath => TryGetValue(() => ToPath);

    internal static IReadOnlyList<string> Shells => CompletionScript.Shells;

    Target SshConfig =>
        _ =>
            _.Of(this, "Prints how OpenSSH reaches the host; --write has 'ssh NAME' find it until it is removed")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .TryAfter<IOperateHosts>(x => x.Start)
                .Executes(() => this.Reach().SshConfigAsync());

    Target Connect =>
        _ =>
            _.Of(this, "Has clients here use the guest's container engine: eval \"$(./build.sh Connect --format env)\"")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .TryAfter<IOperateHosts>(x => x.Start)
                .After(SshConfig)
                .Executes(() => this.Reach().ConnectAsync());

    Target Copy =>
        _ =>
            _.Of(this, "Copies a file or folder into the host or out of it, checked by SHA-256; a broken copy goes on")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .TryAfter<IOperateHosts>(x => x.Start)
                .Executes(() => this.Reach().CopyAsync());

    Target Completion =>
        _ =>
            _.Of(this, "Prints a script by which a shell completes targets, parameters, their values and hosts' names")
                .Executes(() => this.Reach().CompletionAsync());
}
