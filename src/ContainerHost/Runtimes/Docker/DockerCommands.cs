using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Docker;

/// <summary>The command lines of the client <c>docker</c> (20.10 and later).</summary>
internal sealed class DockerCommands(string program = "docker", bool isWindows = false)
    : ClientCommands(program, "running")
{
    /// <summary>The label that marks our containers, so that nobody else's are touched.</summary>
    public const string Label = "containerhost";

    public override Command List =>
        Of("ps", "--all", "--filter", $"label={Label}", "--format", "{{.Names}} {{.State}}");

    public Command ServerVersion => Of("version", "--format", "{{.Server.Version}}");

    public override Command Build(string folder, string image) => Of("build", "--quiet", "--tag", image, folder);

    protected override IEnumerable<string> OwnOptions(ContainerRun run) =>
        [.. isWindows ? Isolate(run) : [], "--label", Label];

    protected override IEnumerable<string> Share(SharedFolder folder) =>
        ["--mount", $"type=bind,source={folder.Source},target={folder.Target}{(folder.ReadOnly ? ",readonly" : "")}"];
}
