using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The targets of labs: several hosts from one file.</summary>
public interface IRunLabs : IProvisionHost
{
    [Parameter("File that says what hosts a lab has (docs/labs.md) - default is 'lab.yaml'")]
    string? Lab => TryGetValue(() => Lab);

    [Parameter("How many hosts of a lab are worked on at once - default is as many as there are processors")]
    string? Parallel => TryGetValue(() => Parallel);

    Target LabPlan =>
        _ =>
            _.Of(this, "Tells what LabUp would do, host by host; touches nothing")
                .Executes(() => this.Labs().PlanAsync());

    Target LabUp =>
        _ =>
            _.Of(this, "Makes the lab what its file says; --recreate lets it replace hosts")
                .After(LabPlan)
                .Executes(() => this.Labs().UpAsync());

    Target LabVerify =>
        _ =>
            _.Of(this, "Verifies every host of the lab, and writes the lab's report")
                .After(LabUp)
                .Executes(() => this.Labs().VerifyAsync());

    Target LabStatus =>
        _ =>
            _.Of(this, "Lists the hosts that were made for the lab")
                .After(LabUp)
                .Executes(() => this.Labs().StatusAsync());

    Target LabDown =>
        _ =>
            _.Of(this, "Removes every host that was made for the lab, and only those")
                .After(LabVerify, LabStatus)
                .Executes(() => this.Labs().DownAsync());
}
