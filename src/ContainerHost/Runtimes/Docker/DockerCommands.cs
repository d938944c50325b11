using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Docker;

/// <summary>The command lines of the client <c>docker</c> (20.10): pure functions.</summary>
internal static class DockerCommands
{
    /// <summary>The label that marks our containers, so that nobody else's are touched.</summary>
    public const string Label = "containerhost";

    public static Command Docker(params IReadOnlyList<string> words) => new("docker", words);

    public static Command List { get; } =
        Docker("ps", "--all", "--filter", $"label={Label}", "--format", "{{.Names}} {{.State}}");

    public static IReadOnlyList<string> Options(ContainerRun run) =>
        [
            "--name",
            run.Name,
            "--hostname",
            run.HostName ?? run.Name,
            "--label",
            Label,
            .. run.SharedFolders.SelectMany(folder =>
                (IEnumerable<string>)
                    [
                        "--mount",
                        $"type=bind,source={folder.Source},target={folder.Target}{(folder.ReadOnly ? ",readonly" : "")}",
                    ]
            ),
            run.Image,
            .. run.Command,
        ];
}
