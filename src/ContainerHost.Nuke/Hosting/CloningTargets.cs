using System.Globalization;
using ContainerHost.Errors;
using ContainerHost.Hosts.Templates;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>What the targets that make and use templates do.</summary>
internal sealed class CloningTargets(ICloneHosts build, BuildRun run)
{
    private const int MostClones = 100;

    public Task MakeTemplateAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                run.CloseProvisioner();
                var name = build.Request.ReadName();
                var folder = await run.Hosts.MakeTemplateAsync(name, build.Request, token);
                Log.Information(
                    "'{Template}' is a template in {Folder}; './build.sh Clone --from {Name} --name NAME' makes a host of it",
                    name,
                    folder,
                    name
                );
                if (build.Json)
                    Results.Add(nameof(build.Template), new { name, folder });
            },
            // The lifetime is the template's.
            renewsHost: false
        );

    public Task CloneAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                run.CloseProvisioner();
                var problems = new List<string>();
                var from = ReadFrom(problems);
                var names = ReadNames(problems);
                if (problems.Count > 0)
                    throw new InvalidInputException(problems);
                var clones = await run.Hosts.CloneAsync(from!, names, build.Request, token);
                if (build.Json)
                    Results.Add(nameof(build.Clone), clones);
                var failures = clones.Select(clone => clone.Failure).OfType<ContainerHostException>().ToList();
                if (failures.Count > 0)
                    throw failures[0];
            },
            concernsHost: false
        );

    public Task ListAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                var templates = await run.Hosts.ListTemplatesAsync(token);
                if (build.Json)
                    Results.Add(nameof(build.Templates), templates);
                else if (templates.Count == 0)
                    Log.Information(
                        "There are no templates; './build.sh Template --name HOST' makes one of a verified host"
                    );
                else
                    Results.Print(
                        TemplateTable.Render(
                            templates,
                            DateTimeOffset.UtcNow,
                            TerminalWidth.Of(Console.IsOutputRedirected)
                        ) + "\n"
                    );
            },
            looksOnly: true
        );

    public Task ExportAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                var problems = new List<string>();
                var from = ReadFrom(problems);
                var archive = ReadArchive(problems);
                if (problems.Count > 0)
                    throw new InvalidInputException(problems);
                var bytes = await run.Hosts.ExportTemplateAsync(from!, archive, token);
                Log.Warning(
                    "{Archive} has {Bytes} bytes; it is readable by you only, since what was in the host's memory and files is in it",
                    archive,
                    bytes
                );
                if (build.Json)
                    Results.Add(
                        nameof(build.ExportTemplate),
                        new
                        {
                            name = from,
                            archive,
                            bytes,
                        }
                    );
            },
            concernsHost: false
        );

    public Task ImportAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                var problems = new List<string>();
                var archive = ReadArchive(problems);
                HostName? name = null;
                if (build.From is { } said && !HostName.TryParse(said, out name))
                    problems.Add($"--from '{said}' is no name for a template; names are as --name takes them.");
                if (problems.Count > 0)
                    throw new InvalidInputException(problems);
                var template = await run.Hosts.ImportTemplateAsync(archive, name, build.Request, token);
                if (template.Problem is { } problem)
                    Log.Warning(
                        "The template '{Template}' is here, but no host can be cloned from it: {Problem}",
                        template.Name,
                        problem
                    );
                else
                    Log.Information(
                        "'./build.sh Clone --from {Template} --name NAME' makes a host of it",
                        template.Name
                    );
                if (build.Json)
                    Results.Add(nameof(build.ImportTemplate), template);
            },
            concernsHost: false
        );

    public Task ExportHostAsync() =>
        run.ExecuteAsync(async token =>
        {
            run.CloseProvisioner();
            var problems = new List<string>();
            var archive = ReadArchive(problems);
            if (problems.Count > 0)
                throw new InvalidInputException(problems);
            var name = build.Request.ReadName();
            var bytes = await run.Hosts.ExportAsync(name, archive, token);
            Log.Warning(
                "{Archive} has {Bytes} bytes; it is readable by you only, since the host's password and keys are in it",
                archive,
                bytes
            );
            if (build.Json)
                Results.Add(
                    nameof(build.Export),
                    new
                    {
                        name,
                        archive,
                        bytes,
                    }
                );
        });

    public Task ImportHostAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                run.CloseProvisioner();
                var problems = new List<string>();
                var archive = ReadArchive(problems);
                if (problems.Count > 0)
                    throw new InvalidInputException(problems);
                var wanted = build.Request["name"] is null ? null : build.Request.ReadName();
                var name = await run.Hosts.ImportAsync(archive, wanted, build.Request, token);
                Log.Information("'{Host}' is here, and off; './build.sh Start --name {Name}' starts it", name, name);
                if (build.Json)
                    Results.Add(nameof(build.Import), new { name });
            },
            concernsHost: false
        );

    public Task RemoveTemplateAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                var problems = new List<string>();
                if (ReadFrom(problems) is not { } name)
                    throw new InvalidInputException(problems);
                var was = await run.Hosts.RemoveTemplateAsync(name, token);
                Log.Information(
                    was
                        ? "The template '{Template}' is removed"
                        : "There is no template '{Template}'; nothing to remove",
                    name
                );
                if (build.Json)
                    Results.Add(nameof(build.RemoveTemplate), new { name, removed = was });
            },
            concernsHost: false
        );

    private HostName? ReadFrom(List<string> problems)
    {
        if (HostName.TryParse(build.From ?? "", out var name))
            return name;
        var there = run.Hosts.ListTemplates();
        problems.Add(
            there.Count == 0
                ? $"--from must name a template; there is none yet: './build.sh Template --name HOST' makes one of a verified host."
                : $"--from must name a template: {string.Join(", ", there)}."
        );
        return null;
    }

    private string ReadArchive(List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(build.Archive))
            return Path.GetFullPath(build.Archive);
        problems.Add("--archive must name a file, such as golden.tar.gz.");
        return "";
    }

    private List<HostName> ReadNames(List<string> problems)
    {
        var name = build.Request.ReadName();
        if (build.Count is null)
            return [name];
        if (
            !int.TryParse(build.Count, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MostClones
        )
        {
            problems.Add($"--count '{build.Count}' is not a number from 1 to {MostClones}.");
            return [];
        }
        var names = new List<HostName>();
        for (var number = 1; number <= count; number++)
        {
            if (HostName.TryParse($"{name}-{number}", out var one))
            {
                names.Add(one);
                continue;
            }
            problems.Add($"--name '{name}' is too long for {count} hosts: '{name}-{number}' is no host's name.");
            break;
        }
        return names;
    }
}
