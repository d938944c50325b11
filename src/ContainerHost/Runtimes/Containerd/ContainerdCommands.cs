using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>The command lines of containerd's client <c>ctr</c> (1.6) and of buildah: pure functions.</summary>
internal static class ContainerdCommands
{
    /// <summary>containerd's namespace for our containers, so that nobody else's are touched.</summary>
    public const string Namespace = "containerhost";

    /// <summary>The guest's name servers as containers can reach them; namespaces.sh writes it.</summary>
    private const string ResolvConf = "/run/containerhost/resolv.conf";

    public static Command Ctr(params IReadOnlyList<string> words) => new("ctr", ["--namespace", Namespace, .. words]);

    // The double dash keeps ctr from taking the container's own arguments for its own.
    public static Command Run(ContainerRun run, string? runtime = null) =>
        Ctr([
            "run",
            "--rm",
            .. runtime is null ? Array.Empty<string>() : ["--runtime", runtime],
            .. Options(run),
            "--",
            run.Image,
            run.Name,
            .. Words(run),
        ]);

    public static Command Create(ContainerRun run) =>
        Ctr(["containers", "create", .. Options(run), "--", run.Image, run.Name, .. Words(run)]);

    public static Command Start(string name) => Ctr("tasks", "start", "--detach", name);

    public static Command Execute(string name, IReadOnlyList<string> command) =>
        Ctr(["tasks", "exec", "--exec-id", $"exec-{Guid.NewGuid():N}", "--", name, .. command]);

    public static Command Signal(string name, string signal) => Ctr("tasks", "kill", "--signal", signal, name);

    /// <summary>All containers (one name a line), each running when the table of tasks (name, pid, status) says so.</summary>
    public static IReadOnlyList<ContainerStatus> ReadList(string containers, string tasks)
    {
        var running = tasks
            .Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, "RUNNING"])
            .Select(words => words[0])
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. containers
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(name => new ContainerStatus(name, running.Contains(name))),
        ];
    }

    /// <summary>The running service's version, which <c>ctr version</c> prints after the client's.</summary>
    /// <exception cref="ContainerHostException">It says none.</exception>
    public static string ReadVersion(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries).SkipWhile(line => line != "Server:");
        return lines.FirstOrDefault(line => line.StartsWith("Version:", StringComparison.Ordinal)) is { } line
            ? line.Split(':', 2)[1].Trim()
            : throw new ContainerHostException(
                "ask containerd for its version",
                output.Trim() is { Length: > 0 } said ? said : "it said nothing",
                "log in with the target Shell, and see what 'ctr version' says there."
            );
    }

    // ctr has a command take the place of the entry point too (oci.WithProcessArgs in cmd/ctr/commands/run).
    private static IEnumerable<string> Words(ContainerRun run) =>
        run.Command.Count == 0 ? [] : run.EntryPoint.Concat(run.Command);

    private static IEnumerable<string> Options(ContainerRun run)
    {
        yield return "--with-ns";
        yield return $"network:/run/netns/{run.Name}";
        yield return "--with-ns";
        yield return $"uts:/run/containerhost/uts/{run.Name}";
        foreach (
            var folder in run.SharedFolders.Append(new SharedFolder(ResolvConf, "/etc/resolv.conf", ReadOnly: true))
        )
        {
            yield return "--mount";
            yield return $"type=bind,src={folder.Source},dst={folder.Target},options=rbind:{(folder.ReadOnly ? "ro" : "rw")}";
        }
    }
}
