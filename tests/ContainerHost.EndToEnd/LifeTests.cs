using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.EndToEnd;

/// <summary>A host's days: it goes back to what it was, running or off; its disk grows and shrinks; it is turned off and on.</summary>
internal static class LifeTests
{
    private const string Prepare =
        "echo one > /root/file; systemd-run --unit ticker sh -c 'i=0; while :; do i=$((i+1)); echo $i > /run/tick; sleep 1; done'";

    public static async Task RunAsync(Suite suite, string name)
    {
        await suite.BuildAsync("Shell", name, "--command", Prepare);
        (await suite.BuildAsync("Checkpoint", name, "--checkpoint-name", "warm"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("with its memory");
        await suite.BuildAsync("Shell", name, "--command", "echo two > /root/file; systemctl stop ticker");
        await TheDiskGrowsAsync(suite, name);
        await WhatTheGuestFreesIsFreedHereAsync(suite, name);
        (await suite.BuildAsync("Stop", name)).ShouldEndWith(ExitCodes.Success);
        (await suite.StatusOfAsync(name))["state"]!.GetValue<string>().ShouldBe("Off");
        (await suite.BuildAsync("Checkpoint", name, "--checkpoint-name", "cold"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("its disk alone");

        // The same file, process and size as then; and the memory of the guest, which has not booted since.
        (await suite.BuildAsync("Restore", name, "--checkpoint-name", "warm")).ShouldEndWith(ExitCodes.Success);
        (await AskAsync(suite, name, "cat /root/file; systemctl is-active ticker")).ShouldBe("one\nactive");
        (await SizeAsync(suite, name)).ShouldBeLessThan(20 << 10);
        (await suite.StatusOfAsync(name))["lastVerification"]!["passed"]!.GetValue<bool>().ShouldBeTrue();

        var running = await suite.BuildAsync("Export", name, "--archive", Archive(suite));
        running.ShouldEndWith(ExitCodes.HostFailed).Text.ShouldContain($"'./build.sh Stop --name {name}' first");
        (await suite.BuildAsync("Restore", name)).ShouldEndWith(ExitCodes.Success).Text.ShouldContain("is off");
        await ACarriedOneIsTheSameAsync(suite, name, "carried");
        (await suite.BuildAsync("Start", name)).ShouldEndWith(ExitCodes.Success);
        (await AskAsync(suite, name, "cat /root/file; systemctl is-active ticker || true")).ShouldBe("two\ninactive");
        (await SizeAsync(suite, name)).ShouldBeGreaterThan(20 << 10);
        (await suite.BuildAsync("Logs", name)).ShouldEndWith(ExitCodes.Success).Text.ShouldContain("== runtime");
        (await suite.BuildAsync("Console", name)).ShouldEndWith(ExitCodes.Success).Text.ShouldContain("console.png");

        foreach (var checkpoint in (string[])["warm", "cold"])
            (await suite.BuildAsync("RemoveCheckpoint", name, "--checkpoint-name", checkpoint)).ShouldEndWith(
                ExitCodes.Success
            );
        (await suite.BuildAsync("Checkpoints", name, "--json")).Json.AsArray().ShouldBeEmpty();
    }

    // Beside the first, so that both would have the same mark.
    private static async Task ACarriedOneIsTheSameAsync(Suite suite, string name, string carried)
    {
        (await suite.BuildAsync("Export", name, "--archive", Archive(suite))).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("Import", carried, "--archive", Archive(suite))).ShouldEndWith(ExitCodes.Success);
        File.Delete(Archive(suite));

        (await suite.BuildAsync("Start", carried)).ShouldEndWith(ExitCodes.Success);
        (await AskAsync(suite, carried, "cat /root/file; hostname")).ShouldBe($"two\n{name}");
        (await suite.BuildAsync("Restore", carried, "--checkpoint-name", "warm")).ShouldEndWith(ExitCodes.Success);
        (await AskAsync(suite, carried, "cat /root/file; systemctl is-active ticker")).ShouldBe("one\nactive");
        (await suite.BuildAsync("Destroy", carried)).ShouldEndWith(ExitCodes.Success);
        suite.ShouldBeGone(carried);
    }

    private static string Archive(Suite suite) => Path.Combine(suite.FolderOf("archives"), "host.tar.gz");

    private static async Task TheDiskGrowsAsync(Suite suite, string name)
    {
        (await SizeAsync(suite, name)).ShouldBeLessThan(20 << 10);
        (await suite.BuildAsync("Resize", name, "--disk-size", "24GiB"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("the disk had 20GiB and has 24GiB");
        (await SizeAsync(suite, name)).ShouldBeGreaterThan(20 << 10);
    }

    private static async Task WhatTheGuestFreesIsFreedHereAsync(Suite suite, string name)
    {
        HostName.TryParse(name, out var host).ShouldBeTrue();
        var disk = new FileInfo(suite.Services.Store.FolderOf(host).Disk);
        await AskAsync(suite, name, "yes | head --bytes 200M > /root/big; sync");
        var full = FileStatus.RoomOf(disk);

        // The file system forgets its blocks as it commits.
        (await AskAsync(suite, name, "rm /root/big; sync; fstrim -v /")).ShouldContain("trimmed");

        (full - FileStatus.RoomOf(disk)).ShouldBeGreaterThan(150L << 20);
    }

    private static async Task<int> SizeAsync(Suite suite, string name) =>
        int.Parse(
            (await AskAsync(suite, name, "df --output=size --block-size=MiB / | tail -n 1")).TrimEnd('M', 'i', 'B'),
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static async Task<string> AskAsync(Suite suite, string name, string command) =>
        (await suite.BuildAsync("Shell", name, "--json", "--command", command)).ShouldEndWith(ExitCodes.Success).Json[
            "standardOutput"
        ]!
            .GetValue<string>()
            .Trim();
}
