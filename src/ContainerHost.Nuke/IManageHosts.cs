using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The targets that look after hosts.</summary>
public interface IManageHosts : IDescribeHosts
{
    [Parameter(
        "Command for the target Shell, which without one opens a session on a terminal; for RunContainer instead of the image's own"
    )]
    string? Command => TryGetValue(() => Command);

    Target Status =>
        _ =>
            _.Of(
                    this,
                    "Lists the hosts: guest, state, address, ports, disk, memory, age, last verification; --watch goes on"
                )
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Manage().StatusAsync());

    Target Spec =>
        _ =>
            _.Of(
                    this,
                    "Prints what counts for the host as a file for --spec, with each value's origin; touches nothing"
                )
                .Executes(() => this.Manage().SpecAsync());

    Target Shell =>
        _ =>
            _.Of(this, "Runs a command in the host as root, or opens a session on a terminal")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Manage().ShellAsync(Command));

    Target Diagnose =>
        _ =>
            _.Of(this, "Writes a zip for a bug report; reads only, and replaces names, addresses and serial numbers")
                .Produces(ReportsDirectory / "diagnosis.zip")
                .Executes(() => this.Manage().DiagnoseAsync());

    Target Prune =>
        _ =>
            _.Of(this, "Tells what the cache can do without and what killed runs left; --force removes it")
                .After(Status, Shell, Destroy)
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Manage().PruneAsync());

    Target Destroy =>
        _ =>
            _.Of(this, "Removes everything of the host and only that, whatever state it is in")
                .After(Status, Shell)
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Manage().DestroyAsync());
}
