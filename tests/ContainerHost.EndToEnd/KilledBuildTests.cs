using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Hosts;

namespace ContainerHost.EndToEnd;

/// <summary>Builds that are killed, interrupted or out of time, and what the next run makes of what they left.</summary>
public sealed class KilledBuildTests(Suite suite)
{
    [Fact]
    public async Task A_build_killed_in_every_target_ends_in_a_verified_host_and_so_does_a_foreign_image()
    {
        const string name = "killed";
        var folder = suite.FolderOf("foreign");
        // Only root makes one; others go the same way from our own image.
        string[] image = Environment.IsPrivilegedProcess
            ? ["--disk-image", await ForeignImage.MakeAsync("trixie", "netplan", "both", folder)]
            : [];
        // Its lists are empty, and it has no way to an archive but ours.
        string[] wish = [.. image, "--network", "Restricted"];
        await KillAsync(name, "── CheckPrereqs", more: wish);
        await KillAsync(name, "── DownloadIso", more: wish);
        await KillAsync(name, "── CreateVm", TimeSpan.FromSeconds(6), wish);
        var instance = suite.StateOf(name).InstanceId;
        // From its first boot on.
        Leftovers.ProcessesOf(suite.HostOf(name).Path).ShouldContain(process => process.Contains(",restrict=on,"));
        await KillAsync(name, "── EnableNested", more: wish);
        await KillAsync(name, "Installing ", TimeSpan.FromSeconds(20), wish);
        await KillAsync(name, "passed  image", more: wish);

        var last = (await suite.BuildAsync("Verify", name, wish)).ShouldEndWith(ExitCodes.Success);

        last.Text.ShouldContain("is a verified container host");
        var said = await suite.BuildAsync("Shell", name, "--command", "findmnt --noheadings --output SOURCE /");
        said.ShouldEndWith(ExitCodes.Success).Text.ShouldContain(image is [] ? "/dev/vda" : "/dev/vda1");
        // The machine that the first killed run began is the one that was finished.
        suite.StateOf(name).InstanceId.ShouldBe(instance);
        (await suite.BuildAsync("Destroy", name)).ShouldEndWith(ExitCodes.Success);
        Leftovers.ProcessesOf(suite.HostOf(name).Path).ShouldBeEmpty();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_half_made_host_is_listed_and_destroyed()
    {
        const string name = "halfmade";
        await KillAsync(name, "── CreateVm", TimeSpan.FromSeconds(3));
        Leftovers.ProcessesOf(suite.HostOf(name).Path).ShouldNotBeEmpty();
        var host = await suite.StatusOfAsync(name);
        host["state"]!.GetValue<string>().ShouldBe(nameof(HostCondition.HalfMade));

        (await suite.BuildAsync("Destroy", name)).ShouldEndWith(ExitCodes.Success);

        suite.ShouldBeGone(name);
    }

    [Theory]
    [InlineData("init=/bin/false", "its kernel panicked", "Attempted to kill init")]
    [InlineData("root=LABEL=none", "waits in its initramfs", "LABEL=none does not exist")]
    public async Task A_guest_that_cannot_come_up_ends_the_run_with_the_lines_of_its_console(
        string parameter,
        string meaning,
        string line
    )
    {
        const string name = "hopeless";
        await KillAsync(name, "── CreateVm", TimeSpan.FromSeconds(3));
        var host = suite.HostOf(name);
        await suite.Services.HypervisorFor(suite.StateOf(name).Spec).StopAsync(host, TimeSpan.Zero, Token);
        var machine = await File.ReadAllTextAsync(host.Machine, Token);
        await File.WriteAllTextAsync(
            host.Machine,
            machine.Replace("root=LABEL=root", $"root=LABEL=root {parameter}"),
            Token
        );

        var failed = (await suite.BuildAsync("CreateVm", name)).ShouldEndWith(ExitCodes.HostFailed);

        failed.Text.ShouldContain(meaning);
        failed.Text.ShouldContain(line);
        suite.ShouldBeGone(name);
    }

    [Fact]
    public async Task Ctrl_C_stops_cleanly_and_leaves_nothing()
    {
        const string name = "interrupted";
        using var build = suite.Start("CreateVm", name);
        await build.SeesAsync("── CreateVm", Token);
        await WaitForMachineAsync(name);
        build.Interrupt();

        var ended = (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.Cancelled);

        ended.Text.ShouldContain("Cancelled");
        suite.ShouldBeGone(name);
    }

    [Fact]
    public async Task A_run_out_of_time_is_undone_and_says_so()
    {
        const string name = "outoftime";
        // The cache may have to be filled first, which must not count.
        (await suite.BuildAsync("DownloadIso", name)).ShouldEndWith(ExitCodes.Success);

        var ended = (await suite.BuildAsync("CreateVm", name, "--timeout", "6s")).ShouldEndWith(ExitCodes.TimedOut);

        ended.Text.ShouldContain("--timeout");
        suite.ShouldBeGone(name);
    }

    private async Task KillAsync(string name, string when, TimeSpan later = default, params IReadOnlyList<string> more)
    {
        using var build = suite.Start("Verify", name, more);
        await build.SeesAsync(when, Token);
        await Task.Delay(later, TimeProvider.System, Token);
        await build.KillAsync(Token);
    }

    private async Task WaitForMachineAsync(string name)
    {
        while (!Leftovers.ProcessesOf(suite.HostOf(name).Path).Any())
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
    }
}
