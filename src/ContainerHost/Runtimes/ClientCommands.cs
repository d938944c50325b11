using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes;

/// <summary>
/// The command lines of a client that takes Docker's words, and what it prints: pure functions. A container runs while its status begins with
/// <paramref name="running"/>; the words in <paramref name="always"/> come before all others.
/// </summary>
internal abstract class ClientCommands(string program, string running, params IReadOnlyList<string> always)
{
    /// <summary>Lists all of our containers, a line each with name and status.</summary>
    public abstract Command List { get; }

    public Command Of(params IReadOnlyList<string> words) => new(program, [.. always, .. words]);

    public abstract Command Build(string folder, string image);

    /// <summary>The words of a container to run or create: options, image, command.</summary>
    public IReadOnlyList<string> Options(ContainerRun run) =>
        [
            "--name",
            run.Name,
            .. Host(run),
            .. OwnOptions(run),
            .. run.SharedFolders.SelectMany(Share),
            run.Image,
            .. run.Command,
        ];

    /// <summary>Reads what <see cref="List"/> prints.</summary>
    public IReadOnlyList<ContainerStatus> ReadList(string output) =>
        [
            .. output
                .ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split((char[])[' ', '\t'], 2))
                .Select(words => new ContainerStatus(
                    words[0],
                    words.Length > 1 && words[1].StartsWith(running, StringComparison.Ordinal)
                )),
        ];

    /// <summary>The option for the container's host name.</summary>
    protected virtual IEnumerable<string> Host(ContainerRun run) => ["--hostname", run.HostName ?? run.Name];

    /// <summary>The options that clients write each in its own way.</summary>
    protected abstract IEnumerable<string> OwnOptions(ContainerRun run);

    protected abstract IEnumerable<string> Share(SharedFolder folder);

    /// <summary>The option of Windows for the kind of container; its own default is said all the same.</summary>
    protected static IEnumerable<string> Isolate(ContainerRun run) =>
        ["--isolation", run.Isolation == Isolation.HyperV ? "hyperv" : "process"];
}
