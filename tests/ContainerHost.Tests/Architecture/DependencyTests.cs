using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Architecture;

/// <summary>Dependencies point one way, as docs/architecture.md draws them.</summary>
public sealed class DependencyTests
{
    private const string Root = "ContainerHost.";
    private const string Machines = $"{Root}Machines.";

    private static readonly ArchUnitNET.Domain.Architecture Library = new ArchLoader()
        .LoadAssembly(typeof(HostSpec).Assembly)
        .Build();

    /// <summary>Each folder of the library, and those that it may know beside its own.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Errors"] = "",
        ["Undoing"] = "",
        ["Waiting"] = "Errors",
        ["Networks"] = "Errors",
        ["Processes"] = "Errors Files",
        ["Files"] = "Errors Waiting",
        ["Progress"] = "Files",
        ["Specification"] = "Errors Files Waiting",
        ["AnswerFiles"] = "Errors Files Specification",
        ["Guests"] = "Errors Files Networks Processes Specification Waiting",
        ["Media"] = "Errors Files Networks Processes Progress Specification Undoing Waiting",
        ["Machines"] = "AnswerFiles Errors Files Media Prerequisites Processes Specification Undoing Waiting",
        ["Runtimes"] = "Errors Files Guests Media Networks Processes Progress Specification Waiting",
        ["Prerequisites"] = "Errors Files Processes Specification Waiting",
        ["Verification"] = "Errors Files Guests Processes Progress Runtimes Specification Waiting",
        ["Proving"] = "Errors Files Guests Media Processes Runtimes Specification Verification Waiting",
        // It puts the others together, so it may know them all; no other folder names it.
        ["Hosts"] =
            "AnswerFiles Errors Files Guests Machines Media Networks Prerequisites Processes Progress Proving Runtimes Specification Undoing Verification Waiting Labs",
        // Many hosts, by what one is made by; the way into the library leads to it.
        ["Labs"] =
            "Errors Files Guests Hosts Machines Prerequisites Processes Progress Specification Verification Waiting",
    };

    private static IEnumerable<IType> Types =>
        Library.Types.Where(type => type.FullName.StartsWith(Root, StringComparison.Ordinal));

    public static TheoryData<string> Folders => [.. Types.Select(FolderOf).Distinct()];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_knows_only_those_below_it(string folder)
    {
        Allowed.ShouldContainKey(folder, $"'{folder}' is new: say here what it may know");
        string[] allowed = [folder, .. Allowed[folder].Split(' ')];

        var wrong =
            from type in Types
            where FolderOf(type) == folder
            from dependency in type.Dependencies
            where dependency.Target.FullName.StartsWith(Root, StringComparison.Ordinal)
            where !allowed.Contains(FolderOf(dependency.Target))
            select $"{type.FullName} knows {dependency.Target.FullName}";

        wrong.Distinct().ShouldBeEmpty();
    }

    /// <summary>Each folder below Machines that is a hypervisor.</summary>
    public static TheoryData<string> Hypervisors =>
        [
            .. Types
                .Where(type => type.FullName.StartsWith(Machines, StringComparison.Ordinal))
                .Select(type => type.FullName[Machines.Length..].Split('.'))
                .Where(words => words.Length > 1 && words[0] != "Screens")
                .Select(words => words[0])
                .Distinct(),
        ];

    [Fact]
    public void The_hypervisors_are_known_by_their_folders() =>
        new[] { "HyperV", "Qemu" }.ShouldBeSubsetOf(Hypervisors.Select(row => row.Data));

    // Neither other hypervisors, then, nor a folder that asks which one it has.
    [Theory]
    [MemberData(nameof(Hypervisors))]
    public void Only_the_services_of_this_machine_name_a_hypervisor(string hypervisor)
    {
        var known = Cross(Root, $"{Machines}{hypervisor}.")
            .Where(line => !line.StartsWith($"{Machines}{hypervisor}.", StringComparison.Ordinal))
            .ToList();

        known.ShouldNotBeEmpty("the walk itself finds what is there");
        known.ShouldAllBe(line => line.StartsWith("ContainerHost.Hosts.LocalServices", StringComparison.Ordinal));
    }

    [Fact]
    public void The_library_knows_no_build_engine() =>
        typeof(HostSpec)
            .Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name)
            .ShouldNotContain(name => name!.Contains("Nuke") || name.Contains("Fallout") || name.Contains("Standin"));

    private static IReadOnlyList<string> Cross(string source, string target)
    {
        var lines =
            from type in Types
            where type.FullName.StartsWith(source, StringComparison.Ordinal)
            from dependency in type.Dependencies
            where dependency.Target.FullName.StartsWith(target, StringComparison.Ordinal)
            select $"{type.FullName} knows {dependency.Target.FullName}";
        return [.. lines.Distinct()];
    }

    private static string FolderOf(IType type) => type.FullName.Split('.', '`', '/', '+')[1];
}
