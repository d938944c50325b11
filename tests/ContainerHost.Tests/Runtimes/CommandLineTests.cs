using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Runtimes.Containerd;
using ContainerHost.Runtimes.Docker;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Runtimes;

public sealed class CommandLineTests
{
    private static readonly DockerCommands Docker = new();

    private static readonly ContainerRun Run = new()
    {
        Name = "web",
        Image = "localhost/hello:1",
        Command = ["sh", "-c", "echo it's $HOME"],
        SharedFolders = [new("/srv/in", "/in", ReadOnly: true), new("/srv/out", "/out", ReadOnly: false)],
    };

    [Fact]
    public void Containerds_are_as_approved() =>
        Text(ContainerdCommands.Run(Run), ContainerdCommands.Create(Run), ContainerdCommands.Start("web"))
            .ShouldBeApproved("containerd");

    [Fact]
    public void Katas_are_containerds_with_its_runtime()
    {
        var words = ContainerdCommands.Run(Run, KataContainers.Runtime).Arguments;
        words.Skip(2).Take(4).ShouldBe(["run", "--rm", "--runtime", "io.containerd.kata.v2"]);
        words
            .Where(word => word is not "--runtime" and not KataContainers.Runtime)
            .ShouldBe(ContainerdCommands.Run(Run).Arguments);
    }

    [Fact]
    public void Dockers_are_as_approved() =>
        Text(
                Docker.Of(["run", "--rm", .. Docker.Options(Run)]),
                Docker.Of(["create", .. Docker.Options(Run)]),
                Docker.List
            )
            .ShouldBeApproved("docker");

    [Theory]
    [InlineData(Isolation.HyperV, "hyperv")]
    [InlineData(Isolation.Process, "process")]
    internal void Only_on_windows_the_kind_of_container_is_an_option_of_docker(Isolation isolation, string word)
    {
        var run = Run with { Isolation = isolation };
        var options = new DockerCommands(@"C:\docker.exe", isWindows: true).Options(run);

        options.SkipWhile(one => one != "--isolation").ElementAt(1).ShouldBe(word);
        options.Where(one => one != "--isolation" && one != word).ShouldBe(Docker.Options(run));
    }

    [Theory]
    [InlineData("one running\ntwo created\n")]
    [InlineData("one running\r\ntwo exited\r\n")]
    public void Dockers_list_of_containers_is_read(string output) =>
        Docker.ReadList(output).ShouldBe([new("one", true), new("two", false)]);

    private static string Text(params Command[] commands) =>
        string.Concat(commands.Select(command => $"{command.Program}\n  {string.Join("\n  ", command.Arguments)}\n"));
}
