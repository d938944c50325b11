using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Files;

namespace ContainerHost.EndToEnd;

/// <summary>A template of a verified host, and hosts that go on from it: none is another's twin, and none costs the template anything.</summary>
internal static class CloneTests
{
    private const string Marks =
        "cat /etc/machine-id /var/lib/cloud/data/instance-id /etc/hostname; grep -hv ^52:54:01 /sys/class/net/e*/address; "
        + "cut -d ' ' -f 2 /etc/ssh/ssh_host_ed25519_key.pub; cut -d ' ' -f 2 /home/admin/.ssh/authorized_keys; "
        + "cut -d : -f 2 /etc/shadow | grep '^\\$'; systemctl start containerd; ctr version | sed -n 's/ *UUID: //p'; "
        + "head -c 16 /dev/urandom | od -A n -t x1";

    private static readonly IReadOnlyList<string> Lab = [.. Enumerable.Range(1, 8).Select(number => $"lab-{number}")];

    public static async Task RunAsync(Suite suite, string name)
    {
        (await suite.BuildAsync("Template", name)).ShouldEndWith(ExitCodes.Success);
        // The host itself is as it was.
        (await suite.StatusOfAsync(name))["state"]!
            .GetValue<string>()
            .ShouldBe("Running");
        (await suite.BuildAsync("Template", name))
            .ShouldEndWith(ExitCodes.HostFailed)
            .Text.ShouldContain("RemoveTemplate");

        await ACarriedOneIsTheSameAsync(suite, name);
        var made = await suite.BuildAsync("Clone", "lab", "--from", name, "--count", "8", "--json");
        made.ShouldEndWith(ExitCodes.Success).Json.AsArray().Count.ShouldBe(Lab.Count);
        await AreNoTwinsAsync(suite, [name, .. Lab]);
        var listed = await suite.BuildAsync("Templates", name, "--json");
        var template = listed.ShouldEndWith(ExitCodes.Success).Json.AsArray().ShouldHaveSingleItem()!;
        template["clones"]!.AsArray().Count.ShouldBe(Lab.Count);
        template["problem"].ShouldBeNull();

        var verified = await suite.BuildAsync("Verify", "lab-1", "--checks", "All");
        verified.ShouldEndWith(ExitCodes.Success).Text.ShouldContain("passed  identity");
        verified.Text.ShouldContain("12 checks passed");
        // The default, without the containers that take a minute.
        var part = await suite.BuildAsync("Verify", "lab-2", "--checks", "login,identity,runtime");
        part.ShouldEndWith(ExitCodes.Success).Text.ShouldContain("passed 3 checks; not asked for: address");
        (await suite.BuildAsync("Template", "lab-2"))
            .ShouldEndWith(ExitCodes.HostFailed)
            .Text.ShouldContain("--checks All");

        var taken = await suite.BuildAsync("Clone", "lab", "--from", name, "--count", "2");
        taken.ShouldEndWith(ExitCodes.InvalidInput).Text.ShouldContain("name 'lab-2' is taken");
        var used = await suite.BuildAsync("RemoveTemplate", name, "--from", name);
        used.ShouldEndWith(ExitCodes.HostFailed).Text.ShouldContain("lab-1, lab-2, lab-3");
        await ACloneOfACloneIsNoTwinAsync(suite, "lab-1");
        await ACloneGoesBackAfterItsMachineWasTurnedOffAsync(suite, "lab-3");
        await LabTests.RunAsync(suite, name);
        await AKilledCloneIsRemovedWholeAsync(suite, name);
        await FaultSampleTests.RunAsync(suite, name);
        foreach (var clone in Lab)
        {
            (await suite.BuildAsync("Destroy", clone)).ShouldEndWith(ExitCodes.Success);
            suite.ShouldBeGone(clone);
        }
        (await suite.BuildAsync("RemoveTemplate", name, "--from", name)).ShouldEndWith(ExitCodes.Success);
        var gone = await suite.BuildAsync("Clone", "lab", "--from", name);
        gone.ShouldEndWith(ExitCodes.HostFailed).Text.ShouldContain($"use the template '{name}'");
    }

    private static async Task AreNoTwinsAsync(Suite suite, IReadOnlyList<string> hosts)
    {
        var told = new List<string[]>();
        foreach (var host in hosts)
        {
            var shell = await suite.BuildAsync("Shell", host, "--json", "--command", Marks);
            told.Add(
                shell.ShouldEndWith(ExitCodes.Success).Json["standardOutput"]!.GetValue<string>().Trim().Split('\n')
            );
        }
        told.ShouldAllBe(marks => marks.Length == 9);
        for (var mark = 0; mark < 9; mark++)
            told.Select(marks => marks[mark]).Distinct().Count().ShouldBe(hosts.Count, told[0][mark]);
    }

    // From here on the template is one that was an archive.
    private static async Task ACarriedOneIsTheSameAsync(Suite suite, string name)
    {
        var archive = Path.Combine(suite.FolderOf("archives"), "golden.tar.gz");
        (await suite.BuildAsync("ExportTemplate", name, "--from", name, "--archive", archive)).ShouldEndWith(
            ExitCodes.Success
        );
        (await suite.BuildAsync("RemoveTemplate", name, "--from", name)).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("ImportTemplate", name, "--archive", archive)).ShouldEndWith(ExitCodes.Success);
        File.Delete(archive);
    }

    // Verified already, which includes a reboot.
    private static async Task ACloneOfACloneIsNoTwinAsync(Suite suite, string clone)
    {
        await AKilledTemplateIsMadeAgainAsync(suite, clone);
        (await suite.BuildAsync("Clone", "grandchild", "--from", clone)).ShouldEndWith(ExitCodes.Success);
        await AreNoTwinsAsync(suite, [clone, "grandchild"]);
        (await suite.BuildAsync("Destroy", "grandchild")).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("RemoveTemplate", clone, "--from", clone)).ShouldEndWith(ExitCodes.Success);
    }

    // Where a run is when it has made one of these.
    private static async Task AKilledCloneIsRemovedWholeAsync(Suite suite, string from)
    {
        var dead = suite.HostOf("dead");
        foreach (var phase in (string[])[dead.State, dead.Disk, dead.PidFile, dead.LockFile])
        {
            await KillAsync(suite, phase, "Clone", "dead", "--from", from);
            (await suite.BuildAsync("Destroy", "dead")).ShouldEndWith(ExitCodes.Success);
            suite.ShouldBeGone("dead");
        }
        await KillAsync(suite, dead.PidFile, "Clone", "dead", "--from", from, "--lifetime", "1s");
        while (suite.StateOf("dead").ExpiresAt > DateTimeOffset.UtcNow)
            await Task.Delay(100, Token);
        (await suite.BuildAsync("Prune", from)).ShouldEndWith(ExitCodes.Success).Text.ShouldContain("dead");
        (await suite.BuildAsync("Prune", from, "--force")).ShouldEndWith(ExitCodes.Success);
        suite.ShouldBeGone("dead");
    }

    private static async Task AKilledTemplateIsMadeAgainAsync(Suite suite, string clone)
    {
        var folder = new HostFolder(Path.Combine(suite.HostOf(clone).Path, "..", ".templates", clone));
        foreach (var phase in (string[])[folder.BaseDisk, folder.PidFile, folder.MachineState])
            await KillAsync(suite, phase, "Template", clone);
        (await suite.BuildAsync("Clone", "dead", "--from", clone)).ShouldEndWith(ExitCodes.HostFailed);
        (await suite.BuildAsync("Template", clone)).ShouldEndWith(ExitCodes.Success);
        // Whoever was killed could not start it again.
        (await suite.BuildAsync("Start", clone)).ShouldEndWith(ExitCodes.Success);
    }

    private static async Task KillAsync(Suite suite, string phase, string target, string name, params string[] more)
    {
        using var killed = suite.Start(target, name, more);
        while (!File.Exists(phase) && !killed.HasEnded)
            await Task.Delay(5, Token);
        await killed.KillAsync(Token);
    }

    private static async Task ACloneGoesBackAfterItsMachineWasTurnedOffAsync(Suite suite, string clone)
    {
        await suite.BuildAsync("Shell", clone, "--command", "echo then > /run/then");
        (await suite.BuildAsync("Checkpoint", clone)).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("Stop", clone)).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("Restore", clone)).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("Shell", clone, "--command", "cat /run/then"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("then");
    }
}
