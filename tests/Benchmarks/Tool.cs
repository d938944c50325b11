using ContainerHost.Processes;

namespace Benchmarks;

/// <summary>Runs programs that must succeed.</summary>
internal static class Tool
{
    public static string Root { get; } = FindRoot();

    public static Task<CommandResult> RunAsync(
        CancellationToken cancellationToken,
        string program,
        params IReadOnlyList<string> arguments
    ) =>
        new ProcessRunner().RunCheckedAsync(
            new Command(program, arguments) { WorkingDirectory = Root },
            $"measure {program}",
            "run it by hand.",
            cancellationToken
        );

    public static Task<CommandResult> BuildAsync(
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) => RunAsync(cancellationToken, Path.Combine(Root, "build.sh"), arguments);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ContainerHost.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the benchmarks run inside a working copy");
    }
}
