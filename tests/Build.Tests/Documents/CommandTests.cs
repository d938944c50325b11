using System.Collections.Concurrent;
using Build.Tests.Bootstrap;
using Build.Tests.Processes;
using ContainerHost.Errors;
using ContainerHost.Proving;
using ContainerHost.Specification;
using ContainerHost.Targets.Hosting;
using ContainerHost.Targets.Input;
using Nuke.Common.ValueInjection;

namespace Build.Tests.Documents;

/// <summary>Every command line that a document shows is one that the real build takes: a reader copies it.</summary>
public sealed class CommandTests() : SampleTest("_build.dll")
{
    // A target of another component reads these; the components of both know nothing of each other. Spec reads whatever a host has.
    private static readonly string[] SeenElsewhere =
    [
        "Forward --forward",
        "Unforward --forward",
        "Mount --mount",
        "Unmount --mount",
    ];

    // All components have these, and few targets use them.
    private static readonly Dictionary<string, string[]> UsedBy = new()
    {
        ["--force"] = ["Prune", "Copy", "Provision", "Verify", "Prove"],
        ["--install-prereqs"] =
        [
            "CheckPrereqs",
            "DownloadIso",
            "CreateVm",
            "EnableNested",
            "InstallContainers",
            "Verify",
            "Prove",
            "LabUp",
            "Test",
        ],
    };

    // Those that end where there is no host or template, once they have read what was typed, and those that need none.
    private static readonly Type[] EndWithoutHost =
    [
        typeof(IManageHosts),
        typeof(IOperateHosts),
        typeof(IReachHosts),
        typeof(ICloneHosts),
        typeof(IRunContainers),
        typeof(IGenerateCi),
    ];

    // There is none to be read; tests on machines have some.
    private static readonly string[] ReadArchives = ["Import", "ImportTemplate"];

    [Fact]
    public void The_build_knows_their_targets_and_parameters_and_reads_their_values()
    {
        var problems = DocumentedCommand.All.SelectMany(command =>
            ProblemsOf(command).Select(problem => $"{command.Place}\n  {problem}")
        );

        string.Join('\n', problems).ShouldBeEmpty();
        DocumentedCommand.All.Select(command => command.Place.Split(':')[0]).Distinct().Count().ShouldBeGreaterThan(8);
    }

    [Fact]
    public void Their_targets_use_their_parameters()
    {
        var ignored =
            from command in DocumentedCommand.All
            from target in command.Targets.DefaultIfEmpty("Verify").Intersect(RealBuild.Targets)
            from given in new Arguments(command.Words).Parameters
            let parameter = RealBuild.Parameters.FirstOrDefault(one => one.Is(given.Name))
            where parameter is not null && !Uses(target, parameter)
            select $"{command.Place}\n  {target} does not use {parameter.Dashed}";

        string.Join('\n', ignored).ShouldBeEmpty();
    }

    // By a process each, as a user starts them, in a folder of its own; another home keeps them from this machine's settings.
    [Fact]
    public async Task What_their_targets_read_themselves_is_no_wrong_input()
    {
        Variables["HOME"] = Root;
        var refused = new ConcurrentBag<string>();
        var commands = DocumentedCommand.All.Where(ReadsMore).DistinctBy(one => string.Join('\n', one.Words)).ToList();

        await Parallel.ForEachAsync(
            commands,
            TestContext.Current.CancellationToken,
            async (command, _) =>
            {
                var folder = Root / $"{commands.IndexOf(command)}";
                Directory.CreateDirectory(folder / ".nuke");
                File.Copy(Path.Combine(Repository.Root, "global.json"), folder / "global.json");
                var run = await Run(new Placeholders(folder).FillIn(command.Words), folder);
                if (run.ExitCode is not (ExitCodes.Success or ExitCodes.HostFailed))
                    refused.Add($"{command.Place}\n  ends with {run.ExitCode}: {run.Error}{run.Output}");
            }
        );

        string.Join('\n', refused).ShouldBeEmpty();
        commands.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Commands_are_found_in_blocks_and_in_code_within_sentences()
    {
        string[] document =
        [
            "    ./build.sh Shell --command \"ls -l\" # not this, --nor this",
            "Run `./build.sh Status`, or `build.cmd Stop --name <name>`; build.sh alone, ./build.sh Verify in prose and `x/build.sh Copy` are none.",
            "```",
            "eval \"$(./build.sh Connect --format env)\"; ./build.sh Spec > host.yaml",
            "```",
        ];

        var found = DocumentedCommand.Read("a.md", document).ToList();

        found
            .Select(command => string.Join('|', command.Words))
            .ShouldBe(["Shell|--command|ls -l", "Status", "Stop|--name|<name>", "Connect|--format|env", "Spec"]);
        found.Select(command => command.IsOnWindows).ShouldBe([false, false, true, false, false]);
        found[2].Place.ShouldBe("a.md:2: build.cmd Stop --name <name>");
    }

    private IReadOnlyList<string> ProblemsOf(DocumentedCommand command)
    {
        var words = new Placeholders(Root).FillIn(command.Words);
        try
        {
            var call = new Call(RealBuild.Type, Root, words);
            call.Check();
            var build = (IProveImages)RealBuild.For(words);
            var choices = RealBuild
                .Parameters.Where(one => !one.IsEngines && !IsOfHosts(one) && one.Choices(build).Count > 0)
                .Where(one => one.Text(build) is { } text && !one.Choices(build).Contains(text))
                .Select(one => $"{one.Dashed} is none of {string.Join(", ", one.Choices(build))}")
                .ToList();
            var spec = Asked(TypedRequest.Of(build, call.Origins), command).ToSpec();
            if (command.Targets.Contains(nameof(build.Prove)))
                choices.AddRange(ProofPlan.Read(build.ProofRequest, choices).Check(spec));
            return choices;
        }
        catch (InvalidInputException wrong)
        {
            return wrong.Problems;
        }
        catch (InputException wrong)
        {
            return [wrong.Message];
        }
    }

    // On Windows the hypervisor is Hyper-V; terms are asked for on a terminal, and the secret is in the environment.
    private static HostRequest Asked(HostRequest typed, DocumentedCommand command)
    {
        if (command.IsOnWindows && typed["provider"] is null)
            typed = typed.With("provider", nameof(Provider.HyperV)).With("hyper-v-password", "secret");
        // Two targets take more of a parameter than it says of a host, and read it themselves.
        if (command.Targets.Contains(nameof(IOperateHosts.Unmount)))
            typed = typed.With("mount", null);
        if (command.Words is [nameof(IOperateHosts.Forward), .., "auto"])
            typed = typed.With("forward", null);
        return typed.TermsToAccept is null ? typed : typed.With("accept-license", "yes");
    }

    private static bool Uses(string target, BuildParameter parameter) =>
        parameter.IsEngines
        || SeenElsewhere.Contains($"{target} {parameter.Dashed}")
        || (target == nameof(IManageHosts.Spec) && IsOfHosts(parameter))
        || (
            parameter.Member.DeclaringType!.IsAssignableFrom(RealBuild.ComponentOf(target))
            && (!UsedBy.TryGetValue(parameter.Dashed, out var users) || users.Contains(target))
        );

    private static bool ReadsMore(DocumentedCommand command) =>
        command.Targets is [var target]
        // It goes on until Ctrl-C.
        && !command.Words.Contains("--watch")
        && !ReadArchives.Contains(target)
        && EndWithoutHost.Contains(RealBuild.ComponentOf(target))
        && new Arguments(command.Words).Parameters.Any(given =>
            RealBuild.Parameters.Any(one => one.Is(given.Name) && !one.IsEngines && !IsOfHosts(one))
        );

    private static bool IsOfHosts(BuildParameter parameter) =>
        parameter.Member.IsDefined(typeof(HostParameterAttribute), inherit: false);
}
