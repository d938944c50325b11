using System.Diagnostics;
using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Guests;

/// <summary>What is done in a Debian guest for a mount, with the real sshfs, joined to a server without an ssh between.</summary>
public sealed class MountScriptTests : FolderTest
{
    private const string Source = "containerhost-test";

    private static string Me => Environment.UserName;

    private string Work => Directory.CreateDirectory(In("work")).FullName;

    public override async ValueTask DisposeAsync()
    {
        if (CanMount)
            await RunAsync("prepare");
        await base.DisposeAsync();
    }

    private static bool CanMount =>
        Environment.IsPrivilegedProcess && File.Exists("/dev/fuse") && RealTool.IsThere("sshfs");

    [Fact]
    public async Task It_tells_who_the_user_is_and_makes_the_path()
    {
        RealTool.Require("sshfs");
        Assert.SkipUnless(CanMount, "there is no FUSE here");

        var told = (await RunAsync("prepare")).StandardOutput;

        var id = (await RealTool.RunAsync("id", "-u", Me)).Trim();
        told.ShouldStartWith($"{id} ");
        told.Trim().Split(' ').Length.ShouldBe(3);
        told.ShouldContain(" slave");
        Directory.Exists(In("work")).ShouldBeTrue();
        (await RunAsync("there")).ExitCode.ShouldBe(1);
        (await RunAsync("end")).ExitCode.ShouldBe(0);
    }

    // As a checkpoint with memory has it: the guest's end is there, and nobody answers it.
    [Fact]
    public async Task One_that_nobody_answers_any_more_is_taken_away_and_whoever_waits_is_told()
    {
        Assert.SkipUnless(CanMount, "there is no FUSE here");
        await MountAsync();
        // The mount is there before its server has begun.
        RunningProcess? server = null;
        for (var looks = 0; looks < 500 && server is null; looks++)
        {
            await Task.Delay(20, Token);
            server = RunningProcess.List().LastOrDefault(IsServer);
        }
        await RealTool.RunAsync("kill", "-STOP", $"{server.ShouldNotBeNull().Id}");
        using var looker = Process.Start("stat", ["-c", "%n", In("work", "unseen")]);

        (await RunAsync("prepare")).ExitCode.ShouldBe(0);

        await looker.WaitForExitAsync(Token);
        looker.ExitCode.ShouldNotBe(0);
        (await RunAsync("there")).ExitCode.ShouldBe(1);
        await RealTool.RunAsync("kill", "-KILL", $"{server.Id}");
    }

    private bool IsServer(RunningProcess one) =>
        one.Words[0].EndsWith("sftp-server", StringComparison.Ordinal) && one.Words.Contains(In("share"));

    [Fact]
    public async Task One_that_is_in_use_is_taken_away_all_the_same()
    {
        Assert.SkipUnless(CanMount, "there is no FUSE here");
        await MountAsync();
        await using (var used = File.Create(In("work", "used")))
        {
            (await RunAsync("end")).ExitCode.ShouldBe(0);
            (await RunAsync("there")).ExitCode.ShouldBe(1);
        }
        Directory.GetFileSystemEntries(Work).ShouldBeEmpty();
    }

    private async Task MountAsync()
    {
        var (share, work) = (Directory.CreateDirectory(In("share")).FullName, Work);
        var program = (await SftpServer.FindAsync(new ProcessRunner(), Token))!.Program;
        string[] serve = [program, "-d", share];
        string[] sshfs = ["sshfs", $":{share}", work, "-o", $"slave,fsname={Source}"];
        await new ProcessRunner().RunCheckedAsync(
            new Command(
                "setsid",
                [
                    "--fork",
                    "bash",
                    "-c",
                    EmbeddedText.Load("Hosts.Mounts.join.sh"),
                    "join.sh",
                    In("log"),
                    "",
                    $"{serve.Length}",
                    .. serve,
                    .. sshfs,
                ]
            ),
            "mount",
            "",
            Token
        );
        for (var left = 100; (await RunAsync("there")).ExitCode != 0 && left > 0; left--)
            await Task.Delay(50, Token);
        (await RunAsync("there")).ExitCode.ShouldBe(0, Read("log"));
    }

    private Task<CommandResult> RunAsync(string action) =>
        new ProcessRunner().RunAsync(
            new Command("sh", "-s", "--", action, In("work"), Source, Me)
            {
                StandardInput = EmbeddedText.Load("Guests.Debian.mount.sh"),
            },
            Token
        );
}
