using System.Diagnostics;
using System.Runtime.Versioning;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes.UserCommand;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Runtimes.UserCommand;

/// <summary>What the command of a guest has its programs do; that they do it, the end-to-end tests show.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GuestCommandTests : FolderTest
{
    private const string Resolv = "type=bind,src=/run/containerhost/resolv.conf,dst=/etc/resolv.conf,options=rbind:ro";

    [Fact]
    public async Task A_process_runs_in_namespaces_that_go_with_it()
    {
        var ended = await RunAsync(
            "run",
            "--name",
            "web",
            "-e",
            "A=b,c d",
            "-v",
            $"{Folder}:/data:ro",
            "app:1",
            "x",
            "-y"
        );

        ended.ExitCode.ShouldBe(3);
        ended.StandardOutput.ShouldBe("from the container\n");
        ended.StandardError.ShouldBe("its error\n");
        Calls()[^3..]
            .ShouldBe([
                "namespaces add web web",
                "ctr --namespace containerhost run --rm --with-ns network:/run/netns/web --with-ns uts:/run/containerhost/uts/web "
                    + $"--mount type=bind,src={Folder},dst=/data,options=rbind:ro --mount {Resolv} --env A=b,c d -- app:1 web /entry x -y",
                "namespaces remove web",
            ]);
    }

    [Fact]
    public async Task Without_a_command_the_images_own_is_left_to_ctr()
    {
        await RunAsync("run", "--name", "web", "app:1");

        Calls()[^2].ShouldEndWith(" -- app:1 web");
    }

    [Fact]
    public async Task Kata_is_the_same_by_another_runtime()
    {
        var ended = await RunAsync(["run", "--vm", "app:1"], vms: VmIsolationKind.Kata);

        ended.ExitCode.ShouldBe(3);
        Calls()[^2]
            .ShouldStartWith("ctr --namespace containerhost run --rm --runtime io.containerd.kata.v2 --with-ns ");
    }

    [Fact]
    public async Task A_micro_vm_runs_on_the_mounted_image()
    {
        var ended = await RunAsync("run", "--vm", "--name", "web", "-e", "A=mine", "-v", $"{Folder}:/data", "app:1");

        ended.ExitCode.ShouldBe(3);
        var root = In("lib", "roots", "web");
        var calls = Calls();
        calls[^4..^2]
            .ShouldBe([
                $"ctr --namespace containerhost images unmount --rm {root}",
                $"ctr --namespace containerhost images mount --rw app:1 {root}",
            ]);
        calls[^2]
            .ShouldBe(
                "micro-vm {\"command\": [\"/entry\", \"own\"], \"environment\": [\"PATH=/bin\", \"A=mine\"], \"follow\": true, \"hostName\": \"web\", "
                    + $"\"name\": \"web\", \"root\": \"{root}\", \"shares\": [{{\"readOnly\": false, \"source\": \"{Folder}\", \"target\": \"/data\"}}], \"workingDirectory\": \"/work\"}}"
            );
        calls[^1].ShouldBe($"ctr --namespace containerhost images unmount --rm {root}");
    }

    [Fact]
    public async Task Docker_runs_processes_by_its_own_words()
    {
        var ended = await RunAsync(
            ["run", "--name", "web", "-e", "A=b", "-v", $"{Folder}:/data:ro", "app:1", "x"],
            RuntimeKind.Docker
        );

        ended.ExitCode.ShouldBe(3);
        Calls()[^2]
            .ShouldBe(
                "docker run --rm --label containerhost --name web --hostname web "
                    + $"--mount type=bind,source={Folder},target=/data,readonly --env A=b app:1 x"
            );
    }

    [Theory]
    [InlineData("run --name taken app:1", "there is a container 'taken' already")]
    [InlineData("run -v /nowhere-at-all:/x app:1", "there is no '/nowhere-at-all' in this guest")]
    [InlineData("run -v /etc:/ app:1", "no absolute path of a folder in the container")]
    [InlineData("run -e 1=2 app:1", "'1=2' is not NAME=VALUE")]
    [InlineData("run --name x.y app:1", "letters, digits and hyphens")]
    [InlineData("run gone/image:1", "images pull gone/image:1' ended with exit code 1")]
    public async Task What_cannot_be_is_told_and_nothing_is_run(string line, string problem)
    {
        var ended = await RunAsync(line.Split(' '));

        ended.ExitCode.ShouldBe(125);
        ended.StandardError.ShouldContain(problem);
        ended.StandardOutput.ShouldBeEmpty();
        Calls()
            .ShouldNotContain(call =>
                call.Contains(" run ", StringComparison.Ordinal)
                || call.StartsWith("namespaces", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_host_for_processes_alone_says_so()
    {
        var ended = await RunAsync(["run", "--vm", "app:1"], isolation: Isolation.Process);

        ended.StandardError.ShouldContain("--isolation Both");
    }

    [Fact]
    public async Task A_micro_vm_refuses_an_image_of_another_user()
    {
        var ended = await RunAsync(["run", "--vm", "app:1"], RuntimeKind.Docker);

        ended.ExitCode.ShouldBe(125);
        ended.StandardError.ShouldContain("runs as user '1000'");
    }

    [Fact]
    public async Task A_signal_reaches_the_container_and_all_is_taken_away()
    {
        Install(new HostSpec { Name = HostName.Default });
        var start = new ProcessStartInfo(
            "python3",
            ["-c", RecordingPrograms.AsRoot, In("lib"), "run", "--name", "waits", "app:1"]
        );
        foreach (var (name, value) in Environment())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        while (!File.Exists(In("calls.waiting")))
            await Task.Delay(20, Token);

        await RealTool.RunAsync("kill", $"{process.Id}");
        await process.WaitForExitAsync(Token);

        process.ExitCode.ShouldBe(128 + 15);
        Calls()[^2..].ShouldBe(["ctr has SIGTERM", "namespaces remove waits"]);
    }

    [Fact]
    public async Task It_is_installed_once()
    {
        const string install =
            "import pathlib, sys; script = {'__name__': 'read'}; exec(sys.argv[1], script); "
            + "script['install']({'containerhost.py': 'x', 'init.sh': 'y'}, pathlib.Path(sys.argv[2], 'l'), pathlib.Path(sys.argv[2], 'b/c'))";
        var text = GuestScript.Load("Runtimes.UserCommand.install-command.py").Text;
        Put("l/init.sh", "older");
        await RealTool.RunAsync("python3", "-c", install, text, Folder);
        var written = File.GetLastWriteTimeUtc(In("l", "init.sh"));

        await RealTool.RunAsync("python3", "-c", install, text, Folder);

        Read("b/c").ShouldBe("x");
        Read("l/init.sh").ShouldBe("y");
        File.GetLastWriteTimeUtc(In("l", "init.sh")).ShouldBe(written);
        File.GetUnixFileMode(In("b", "c")).ShouldBe((UnixFileMode)0b111_101_101);
        Directory.GetFiles(Folder, "*.new", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private Task<CommandResult> RunAsync(params string[] words) => RunAsync(words, RuntimeKind.Containerd);

    private async Task<CommandResult> RunAsync(
        string[] words,
        RuntimeKind runtime = RuntimeKind.Containerd,
        VmIsolationKind vms = VmIsolationKind.MicroVm,
        Isolation isolation = Isolation.Both
    )
    {
        Install(
            new HostSpec
            {
                Name = HostName.Default,
                Runtime = runtime,
                VmIsolation = vms,
                Isolation = isolation,
            }
        );
        var command = new Command("python3", ["-c", RecordingPrograms.AsRoot, In("lib"), .. words])
        {
            Environment = Environment(),
        };
        return await new ProcessRunner().RunAsync(command, Token);
    }

    private void Install(HostSpec spec)
    {
        RealTool.Require("python3");
        foreach (var (name, text) in GuestCommand.FilesFor(spec))
            Put($"lib/{name}", text);
        Put("lib/namespaces.sh", RecordingPrograms.Namespaces);
        Put("lib/micro-vm.py", RecordingPrograms.MicroVm);
        foreach (
            var (name, text) in (ReadOnlySpan<(string, string)>)
                [("ctr", RecordingPrograms.Ctr), ("docker", RecordingPrograms.Docker)]
        )
            File.SetUnixFileMode(Put($"bin/{name}", text), (UnixFileMode)0b111_101_101);
        Put("calls", "");
    }

    private Dictionary<string, string?> Environment() =>
        new()
        {
            ["PATH"] = $"{In("bin")}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["CALLS"] = In("calls"),
        };

    private string[] Calls() => Read("calls").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
