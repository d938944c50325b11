using ContainerHost.Hosts;
using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The targets of a host's days: on and off, ports, folders, checkpoints, logs, its report, its screen.</summary>
public interface IOperateHosts : IDescribeHosts
{
    [Parameter(
        "Checkpoint by name: 1 to 64 letters, digits, dots, hyphens and underscores, starting with a letter - default is a name made of the time; the latest for Restore"
    )]
    string? CheckpointName => TryGetValue(() => CheckpointName);

    [Parameter(
        "Log that Logs prints, or follows - default is all that there are; serial for --follow",
        ValueProviderType = typeof(HostLog),
        ValueProviderMember = nameof(HostLog.Choices)
    )]
    string? Log => TryGetValue(() => Log);

    [Parameter("Has Logs go on with what comes, until Ctrl-C or until the host is off")]
    bool Follow => TryGetValue<bool?>(() => Follow) ?? false;

    [Parameter("Has Autostart end it: the host does not start with this machine any more")]
    bool Off => TryGetValue<bool?>(() => Off) ?? false;

    Target Start =>
        _ =>
            _.Of(this, "Starts the host and waits until its guest answers")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .After(Stop)
                .Executes(() => this.Operate().StartAsync());

    Target Stop =>
        _ =>
            _.Of(this, "Shuts the host down, and turns it off where its guest does not in time")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Operate().StopAsync());

    Target Restart =>
        _ =>
            _.Of(this, "Shuts the host down and starts it again")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Operate().RestartAsync());

    Target Autostart =>
        _ =>
            _.Of(this, "Has the host start with this machine and shut down with it; with --off ends that")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .After(Start, Stop, Restart)
                .Executes(() => this.Operate().AutostartAsync());

    Target Forward =>
        _ =>
            _.Of(
                    this,
                    "Has the ports of --forward lead to the host beside those that do; with auto those that containers publish, until Ctrl-C"
                )
                .TryAfter<IProvisionHost>(x => x.Verify)
                .After(Start, Stop, Restart, Unforward)
                .Executes(() => this.Operate().ForwardAsync());

    Target Unforward =>
        _ =>
            _.Of(this, "Ends that the ports of --forward lead to the host")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Operate().UnforwardAsync());

    Target Mount =>
        _ =>
            _.Of(this, "Has the guest see the folders of --mount beside those that it does, at once where it runs")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .After(Start, Stop, Restart, Unmount)
                .Executes(() => this.Operate().MountAsync());

    Target Unmount =>
        _ =>
            _.Of(this, "Takes the folders of --mount from the guest")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Operate().UnmountAsync());

    Target Checkpoint =>
        _ =>
            _.Of(this, "Keeps the host as it is, with its memory where it runs")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .After(Start, Stop, Restart)
                .Executes(() => this.Operate().CheckpointAsync());

    Target Checkpoints =>
        _ =>
            _.Of(this, "Lists the host's checkpoints")
                .After(Checkpoint, RemoveCheckpoint)
                .Executes(() => this.Operate().ListCheckpointsAsync());

    Target Restore =>
        _ =>
            _.Of(this, "Takes the host back to a checkpoint, the latest by default")
                .After(Checkpoint)
                .Executes(() => this.Operate().RestoreAsync());

    Target RemoveCheckpoint =>
        _ =>
            _.Of(this, "Removes a checkpoint of the host; what the host is stays as it is")
                .After(Restore)
                .Executes(() => this.Operate().RemoveCheckpointAsync());

    Target Logs =>
        _ =>
            _.Of(this, "Prints the ends of the host's logs: console, cloud-init, runtime; --follow goes on with one")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Operate().LogsAsync());

    Target Report =>
        _ =>
            _.Of(this, "Opens the report of the host's last verification; --json tells where it is")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Operate().ReportAsync());

    Target Console =>
        _ =>
            _.Of(this, "Writes a picture of the host's screen; with --watch prints its console as it goes on")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Operate().ConsoleAsync());
}
