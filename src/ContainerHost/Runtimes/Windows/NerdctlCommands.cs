using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Windows;

/// <summary>The command lines of <c>nerdctl</c> on Windows (its "Command reference"), in a namespace of ours so that nobody else's containers are touched.</summary>
internal sealed class NerdctlCommands()
    : ClientCommands(@"C:\Program Files\containerd\bin\nerdctl.exe", "Up", "--namespace", Namespace)
{
    /// <summary>containerd's namespace for all that is ours.</summary>
    public const string Namespace = "containerhost";

    public override Command List => Of("ps", "--all", "--format", "{{.Names}}\t{{.Status}}");

    /// <summary>Asks both the client and the running service for their versions.</summary>
    public static Command Version { get; } = new(@"C:\Program Files\containerd\bin\ctr.exe", "version");

    public override Command Build(string folder, string image) =>
        Of("build", "--progress", "plain", "--tag", image, folder);

    // Refused on Windows (nerdctl, container_network_manager_windows.go): the container has a name that Windows gives it.
    protected override IEnumerable<string> Host(ContainerRun run) => [];

    protected override IEnumerable<string> OwnOptions(ContainerRun run) => [.. Isolate(run), "--network", "nat"];

    protected override IEnumerable<string> Share(SharedFolder folder) =>
        ["--volume", $"{folder.Source}:{folder.Target}{(folder.ReadOnly ? ":ro" : "")}"];
}
