using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The targets that make hosts of hosts: templates, clones of these, and archives of templates and of hosts.</summary>
public interface ICloneHosts : IDescribeHosts
{
    [Parameter("Template that Clone makes hosts of, that ExportTemplate writes, and that RemoveTemplate removes")]
    string? From => TryGetValue(() => From);

    [Parameter("How many hosts Clone makes; several are called NAME-1, NAME-2 and so on - default is 1")]
    string? Count => TryGetValue(() => Count);

    [Parameter(
        "File that Export and ExportTemplate write, and Import and ImportTemplate read, a tar archive packed by gzip"
    )]
    string? Archive => TryGetValue(() => Archive);

    Target Template =>
        _ =>
            _.Of(
                    this,
                    "Makes a template of the verified host: a copy of it without an identity, frozen as it runs or off"
                )
                .TryAfter<IProvisionHost>(x => x.Verify)
                .Executes(() => this.Cloning().MakeTemplateAsync());

    Target Clone =>
        _ =>
            _.Of(this, "Makes running hosts of a template, each with an identity of its own")
                .After(Template)
                .Executes(() => this.Cloning().CloneAsync());

    Target Templates =>
        _ =>
            _.Of(this, "Lists the templates: guest, runtime, age, size on disk, clones, whether they fit here")
                .After(Template, Clone, ImportTemplate, RemoveTemplate)
                .Executes(() => this.Cloning().ListAsync());

    Target ExportTemplate =>
        _ =>
            _.Of(this, "Writes a template into one archive, from which it can be had elsewhere")
                .After(Template)
                .Executes(() => this.Cloning().ExportAsync());

    Target ImportTemplate =>
        _ =>
            _.Of(this, "Takes a template out of an archive, under its own name or that of --from")
                .Before(Clone)
                .Executes(() => this.Cloning().ImportAsync());

    Target Export =>
        _ =>
            _.Of(this, "Writes the host, which must be off, into one archive, from which it can be had elsewhere")
                .TryAfter<IProvisionHost>(x => x.Verify)
                .TryAfter<IOperateHosts>(x => x.Stop)
                .TryBefore<IManageHosts>(x => x.Destroy)
                .Executes(() => this.Cloning().ExportHostAsync());

    Target Import =>
        _ =>
            _.Of(this, "Makes a host of an archive, off, under its own name or that of --name")
                .TryBefore<IProvisionHost>(x => x.CheckPrereqs)
                .TryBefore<IOperateHosts>(x => x.Start)
                .TryBefore<IManageHosts>(x => x.Shell)
                .Executes(() => this.Cloning().ImportHostAsync());

    Target RemoveTemplate =>
        _ =>
            _.Of(this, "Removes a template that no host was cloned from")
                .After(Clone, ExportTemplate)
                .TryAfter<IManageHosts>(x => x.Destroy)
                .Executes(() => this.Cloning().RemoveTemplateAsync());
}
