using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The targets that look after hosts.</summary>
public interface IManageHosts : IDescribeHosts
{
    [Parameter("Command for the target Shell; without one it opens a session on a terminal")]
    string? Command => TryGetValue(() => Command);

    Target Status =>
        _ =>
            _.Description("Lists the hosts: guest, state, address, age, ports, last verification")
                .Executes(() => this.Manage().StatusAsync());

    Target Shell =>
        _ =>
            _.Description("Runs a command in the host as root, or opens a session on a terminal")
                .Executes(() => this.Manage().ShellAsync(Command));

    Target Destroy =>
        _ =>
            _.Description("Removes everything of the host and only that, whatever state it is in")
                .Executes(() => this.Manage().DestroyAsync());
}
