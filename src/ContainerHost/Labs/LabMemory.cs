using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>Asks the hypervisors of a lab, by what they ask for one host, whether they have the memory for all that is begun there.</summary>
internal sealed class LabMemory(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    /// <summary>A sentence for each hypervisor that has too little. It is no error: guests take their memory as they use it, and clones share the template's.</summary>
    public async Task<IReadOnlyList<string>> LookAsync(
        Lab lab,
        IReadOnlyList<LabStep> plan,
        CancellationToken cancellationToken
    )
    {
        var begun = plan.Where(step => step.Action is LabAction.Create or LabAction.Change)
            .Select(step => lab.Hosts.Single(host => host.Name == step.Name))
            .ToList();
        var specs = new List<HostSpec>();
        foreach (var host in begun)
            if (await SpecOfAsync(host, cancellationToken) is { } spec)
                specs.Add(spec);
        var problems = new List<string>();
        foreach (var there in specs.GroupBy(spec => (spec.Provider, spec.HyperV?.Computer)))
            if (there.Count() > 1 && await LookAsync([.. there], cancellationToken) is { } problem)
                problems.Add(problem);
        return problems;
    }

    private async Task<string?> LookAsync(IReadOnlyList<HostSpec> specs, CancellationToken cancellationToken)
    {
        var all = specs[0] with { Memory = new ByteSize(specs.Sum(spec => spec.Memory.Bytes)) };
        var checks = services
            .HypervisorFor(all)
            .RequirementsFor(all, services.Folders, new LocalMachine(services.Processes));
        try
        {
            var finding = await checks.Single(check => check.Requirement.Id == "memory").LookAsync(cancellationToken);
            return finding.Met
                ? null
                : $"{specs.Count} hosts with {all.Memory.ToHumanString()} in all are begun, and there is {finding.Found}: give them less, or end other programs";
        }
        catch (ContainerHostException)
        {
            // What is wrong with the hypervisor is each host's to tell.
            return null;
        }
    }

    // Null for one that runs already, and where the template is each host's to complain of.
    private async Task<HostSpec?> SpecOfAsync(LabHost host, CancellationToken cancellationToken)
    {
        try
        {
            var had = services.Store.Load(host.Name)?.Spec;
            if (had is null && host.From is { } from)
                had = (await _templates.ReadAsync(from, cancellationToken)).Spec;
            var spec = host.From is null || services.Store.Has(host.Name) ? host.Request.ToSpec(had) : had!;
            var state = await services
                .HypervisorFor(spec)
                .GetStateAsync(services.Store.FolderOf(host.Name), cancellationToken);
            return state == Machines.MachineState.Running ? null : spec with { Name = host.Name };
        }
        catch (ContainerHostException)
        {
            return null;
        }
    }
}
