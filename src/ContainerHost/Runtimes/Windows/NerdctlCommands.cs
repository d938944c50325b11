using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>The command lines of <c>nerdctl</c> on Windows (its "Command reference"): pure functions.</summary>
internal static class NerdctlCommands
{
    /// <summary>containerd's namespace for our containers, so that nobody else's are touched.</summary>
    public const string Namespace = "containerhost";

    private const string Program = @"C:\Program Files\containerd\bin\nerdctl.exe";

    public static Command List { get; } = Of("ps", "--all", "--format", "{{.Names}}\t{{.Status}}");

    public static Command Of(params IReadOnlyList<string> words) => new(Program, ["--namespace", Namespace, .. words]);

    public static Command Build(string folder, string image) =>
        Of("build", "--progress", "plain", "--tag", image, folder);

    /// <summary>Asks both the client and the running service for their versions.</summary>
    public static Command Version { get; } = new(@"C:\Program Files\containerd\bin\ctr.exe", "version");

    /// <summary>The service's version, which <see cref="Version"/> prints after the client's.</summary>
    public static string ReadVersion(string output)
    {
        var line = output.Split('\n').LastOrDefault(line => line.Contains("Version:", StringComparison.Ordinal));
        return line is null ? "unknown" : line[(line.IndexOf(':') + 1)..].Trim();
    }

    /// <summary>Reads what <see cref="List"/> prints; a container runs while its status begins with "Up".</summary>
    public static IReadOnlyList<ContainerStatus> ReadList(string output) =>
        [
            .. output
                .ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .Select(words => new ContainerStatus(
                    words[0],
                    words.Length > 1 && words[1].StartsWith("Up", StringComparison.Ordinal)
                )),
        ];

    public static IReadOnlyList<string> Options(ContainerRun run) =>
        [
            "--name",
            run.Name,
            "--hostname",
            run.HostName ?? run.Name,
            "--isolation",
            run.Isolation == Isolation.HyperV ? "hyperv" : "process",
            "--network",
            "nat",
            .. run.SharedFolders.SelectMany(folder =>
                (IEnumerable<string>)["--volume", $"{folder.Source}:{folder.Target}{(folder.ReadOnly ? ":ro" : "")}"]
            ),
            run.Image,
            .. run.Command,
        ];
}
