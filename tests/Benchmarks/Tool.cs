using Build.Tests.Bootstrap;
using ContainerHost.Processes;

namespace Benchmarks;

/// <summary>Runs programs that must succeed.</summary>
internal static class Tool
{
    public static string Root => Repository.Root;

    public static Task<CommandResult> RunAsync(
        CancellationToken cancellationToken,
        string program,
        params IReadOnlyList<string> arguments
    ) => RunInAsync(Root, cancellationToken, program, arguments);

    public static Task<CommandResult> RunInAsync(
        string folder,
        CancellationToken cancellationToken,
        string program,
        params IReadOnlyList<string> arguments
    ) =>
        new ProcessRunner().RunCheckedAsync(
            new Command(program, arguments) { WorkingDirectory = folder },
            $"measure {program}",
            "run it by hand.",
            cancellationToken
        );

    public static Task<CommandResult> BuildAsync(
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) => RunAsync(cancellationToken, Path.Combine(Root, "build.sh"), arguments);
}
