using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Provisioning;
using ContainerHost.Hosts.Templates;
using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>Makes one host what a lab's file says, by what one host is made by anyway; again is fine.</summary>
internal sealed class LabHostMaker(HostServices services, Lab lab, LabHost host)
{
    public async Task MakeAsync(LabStep step, bool install, CancellationToken cancellationToken)
    {
        if (step.Action is LabAction.Keep or LabAction.Change && host.Request["lifetime"] is { } lifetime)
            await new Leases(services).RenewAsync(host.Name, lifetime, cancellationToken);
        if (step.Action == LabAction.Keep)
            return;
        if (host.From is not null && step.Action == LabAction.Create)
            await RemoveAsync(services, step, cancellationToken);
        if (services.Store.TryLoad(host.Name) is { } there && there.Lab != lab.Name.Value)
            throw Changed(host.Name);
        if (host.From is null)
            await ProvisionAsync(install, cancellationToken);
        else if (step.Action == LabAction.Change)
            await UpdateCloneAsync(cancellationToken);
        else
            await CloneAsync(host.From, cancellationToken);
        await RunScriptsAsync(cancellationToken);
    }

    /// <summary>Removes the host that a plan was made for, and no other.</summary>
    /// <exception cref="ContainerHostException">There is another by now.</exception>
    public static async Task RemoveAsync(HostServices services, LabStep step, CancellationToken cancellationToken)
    {
        await new HostRemover(services).RemoveAsync(
            step.Name,
            cancellationToken,
            state => state is null || state.InstanceId == step.InstanceId
        );
        if (services.Store.Has(step.Name))
            throw Changed(step.Name);
    }

    private static ContainerHostException Changed(HostName name) =>
        new(
            "do with the host what was planned",
            "another run has made it anew since the plan was made",
            "run the target again, which looks at it anew.",
            name.Value
        );

    private async Task UpdateCloneAsync(CancellationToken cancellationToken)
    {
        if (host.Request["forward"] is { } text)
        {
            var ports = PortForwards.Read(text, []);
            services.Log.Information(
                "{Note}",
                await new HostPorts(services).SetAsync(host.Name, ports, cancellationToken)
            );
        }
        if (host.Request["mount"] is { } folders)
        {
            var mounts = FolderMounts.Need(folders);
            services.Log.Information(
                "{Note}",
                await new SharedFolders(services).SetAsync(host.Name, mounts, cancellationToken)
            );
        }
        if (host.Request["check"] is { } checks)
            await KeepChecksAsync(checks, cancellationToken);
        services.Log.Information("{Note}", await new HostPower(services).StartAsync(host.Name, cancellationToken));
    }

    private async Task KeepChecksAsync(string checks, CancellationToken cancellationToken)
    {
        using var live = await LiveHost.OpenAsync(services, host.Name, cancellationToken);
        var state = live.Session.Existing;
        var spec = OwnCheck.Read(state.Spec, checks, []);
        await live.Session.SaveAsync(state with { Spec = spec }, cancellationToken);
    }

    private async Task ProvisionAsync(bool install, CancellationToken cancellationToken)
    {
        using var provisioner = await Provisioner.OpenAsync(
            services,
            host.Request,
            recreate: false,
            cancellationToken,
            lab.Name
        );
        var report = await provisioner.CheckPrereqsAsync(install, cancellationToken);
        if (!report.Passed)
            throw report.ToException();
        await provisioner.DownloadIsoAsync(cancellationToken);
        await provisioner.CreateVmAsync(cancellationToken);
        await provisioner.EnableNestedAsync(cancellationToken);
        await provisioner.InstallContainersAsync(cancellationToken);
    }

    private async Task CloneAsync(HostName from, CancellationToken cancellationToken)
    {
        var wishes = CloneWishes.Of(host.Request, services.Time.GetUtcNow()) with
        {
            Lab = lab.Name,
            HoldsTemplate = false,
        };
        var clones = await new Cloner(services).CloneAsync(from, [host.Name], wishes, cancellationToken);
        if (clones.Single().Failure is { } failure)
            throw failure;
    }

    private async Task RunScriptsAsync(CancellationToken cancellationToken)
    {
        using var live = await LiveHost.OpenAsync(services, host.Name, cancellationToken);
        var scripts = new HostScripts(
            services,
            live.Session,
            live.Hypervisor,
            live.System,
            host.Request.ProvisionsAsUser
        );
        var left = scripts.LeftOf(host.Scripts);
        if (left.Count == 0)
            return;
        await using var shell = await live.ConnectAsync(cancellationToken);
        await scripts.RunAsync(left, shell, cancellationToken);
    }
}
