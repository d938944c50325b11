using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>The lab of a file: several hosts, made, verified and removed together. Whatever is wrong with the file is told first, with its places.</summary>
public sealed class HostLab
{
    private readonly HostServices _services;
    private readonly string _file;
    private readonly HostRequest _secrets;

    internal HostLab(HostServices services, string file, HostRequest secrets) =>
        (_services, _file, _secrets) = (services, file, secrets);

    /// <summary>What <see cref="UpAsync"/> would do, a step a host; touches nothing.</summary>
    /// <exception cref="InvalidInputException">The file is wrong, or a host of one of its names is not the lab's.</exception>
    public Task<IReadOnlyList<LabStep>> PlanAsync(CancellationToken cancellationToken) =>
        PlanAsync(Read(), cancellationToken);

    /// <summary>
    /// Makes the hosts what the file says, at most <paramref name="parallel"/> at once; one that fails stops only those that need it. Hosts that the file names no more
    /// are removed; those that take another host are replaced with <paramref name="recreate"/> only. Again converges.
    /// </summary>
    /// <exception cref="InvalidInputException">The file is wrong, or a host is to be replaced and must not; nothing was touched.</exception>
    public async Task<IReadOnlyList<LabOutcome>> UpAsync(
        bool recreate,
        bool install,
        int parallel,
        CancellationToken cancellationToken
    )
    {
        var lab = Read();
        var plan = await PlanAsync(lab, cancellationToken);
        var replaced = plan.Where(step => step.Action == LabAction.Replace).ToList();
        if (replaced.Count > 0 && !recreate)
            throw new InvalidInputException([
                .. replaced.Select(step =>
                    $"'{step.Name}' would be destroyed and made anew, which takes --recreate: {string.Join("; ", step.Why)}"
                ),
            ]);
        return await new LabRunner(_services, lab, parallel).UpAsync(plan, install, cancellationToken);
    }

    /// <summary>Verifies every host, and writes the lab's report beside theirs.</summary>
    public async Task<LabReport> VerifyAsync(int parallel, CancellationToken cancellationToken)
    {
        var lab = Read();
        var verified = await new LabRunner(_services, lab, parallel).VerifyAsync(cancellationToken);
        return await LabReportWriter.WriteAsync(
            lab.Name,
            verified,
            _services.Folders.ReportsDirectory,
            cancellationToken
        );
    }

    /// <summary>The hosts that were made for the lab, as Status tells them.</summary>
    public async Task<IReadOnlyList<HostOverview>> StatusAsync(CancellationToken cancellationToken)
    {
        var members = new LabPlanner(_services).MembersOf(LabReader.ReadName(_file)).ToHashSet();
        var all = await new HostLister(_services).ListAsync(cancellationToken);
        return [.. all.Where(host => members.Contains(host.Name))];
    }

    /// <summary>Removes every host that was made for the lab, those that the file names no more among them, each whatever becomes of the others; of the file only the lab's name is read.</summary>
    public async Task<IReadOnlyList<LabOutcome>> DownAsync(CancellationToken cancellationToken)
    {
        var planner = new LabPlanner(_services);
        var lab = new Lab(_file, LabReader.ReadName(_file), []);
        foreach (var name in _services.Store.List().Where(name => _services.Store.TryLoad(name) is null))
            _services.Log.Warning("Whose '{Host}' is cannot be read; Destroy removes it", name);
        var gone = planner.MembersOf(lab.Name).Select(name => planner.Leaves(name)).ToList();
        return await new LabRunner(_services, lab, parallel: 1).DownAsync(gone, cancellationToken);
    }

    private async Task<IReadOnlyList<LabStep>> PlanAsync(Lab lab, CancellationToken cancellationToken)
    {
        var plan = await new LabPlanner(_services).PlanAsync(lab, cancellationToken);
        foreach (var problem in await new LabMemory(_services).LookAsync(lab, plan, cancellationToken))
            _services.Log.Warning("Lab '{Lab}': {Problem:l}", lab.Name, problem);
        return plan;
    }

    private Lab Read() => LabReader.Read(_file, new TemplateStore(_services).List(), _secrets);
}
