using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Docker;

/// <summary>The command lines of the client <c>docker</c> (20.10 and later): pure functions.</summary>
internal sealed class DockerCommands(string program = "docker")
{
    /// <summary>The label that marks our containers, so that nobody else's are touched.</summary>
    public const string Label = "containerhost";

    public Command List => Of("ps", "--all", "--filter", $"label={Label}", "--format", "{{.Names}} {{.State}}");

    public Command ServerVersion => Of("version", "--format", "{{.Server.Version}}");

    public Command Of(params IReadOnlyList<string> words) => new(program, words);

    public Command Build(string folder, string image) => Of("build", "--quiet", "--tag", image, folder);

    /// <summary>Reads what <see cref="List"/> prints.</summary>
    public static IReadOnlyList<ContainerStatus> ReadList(string output) =>
        [
            .. output
                .ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .Select(words => new ContainerStatus(words[0], words[1] == "running")),
        ];

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
