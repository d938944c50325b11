using System.Globalization;
using System.Text.Json.Nodes;
using Build.Tests.Bootstrap;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Hosts;

namespace ContainerHost.EndToEnd;

/// <summary>From nothing to a verified host, with both kinds of container, and what a second run makes of it.</summary>
public sealed class FullPathTests(Suite suite)
{
    private const string Name = "full";

    private static readonly string[] Checks =
    [
        "login",
        "address",
        "nested-virtualization",
        "runtime",
        "image",
        "process-isolation",
        "vm-isolation",
        "shared-folder",
        "container-world",
        "life-cycle",
        "reboot",
    ];

    [Fact]
    public async Task Nothing_becomes_a_verified_host_and_stays_one()
    {
        var first = (await suite.BuildAsync("Verify", Name, "--json")).ShouldEndWith(ExitCodes.Success);
        ShouldBeVerified(first.Json);
        var reports = Path.Combine(Repository.Root, "artifacts", "hosts", Name);
        ShouldBeVerified(JsonNode.Parse(File.ReadAllText(Path.Combine(reports, "verification.json")))!);
        File.ReadAllText(Path.Combine(reports, "verification.html")).ShouldContain("data:image/png;base64,");
        File.ReadAllText(Path.Combine(reports, "verification.xml")).ShouldContain("tests=\"11\"");
        // They came with the image.
        first.Text.ShouldContain("The guest has them all already");
        var artifacts = JsonNode.Parse(File.ReadAllText(suite.HostOf(Name).LockFile))!["artifacts"]!.AsArray();
        artifacts.ShouldContain(artifact => artifact!["name"]!.GetValue<string>() == "containerd");
        artifacts.ShouldAllBe(artifact => artifact!["sha256"]!.GetValue<string>().Length == 64);
        // The password went nowhere but to its own file.
        var password = File.ReadAllText(suite.HostOf(Name).Password).Trim();
        first.Text.ShouldNotContain(password);
        File.ReadAllText(suite.HostOf(Name).State).ShouldNotContain(password);
        File.ReadAllText(Path.Combine(reports, "verification.json")).ShouldNotContain(password);

        await ASecondRunChangesNothingAsync();
        await ItsKernelPatchesNothingAsync();
        await ContainerTests.RunAsync(suite, Name);
        await CloneTests.RunAsync(suite, Name);
        var port = await PortTests.BeginAsync(suite, Name);
        await LifeTests.RunAsync(suite, Name);
        await PortTests.EndAsync(suite, Name, port);
        await MountTests.RunAsync(suite, Name);
        await ReachTests.RunAsync(suite, Name);
        await AChangedSpecIsToldAsync();
        await TheShellReachesTheGuestAsync();
        await ProveTests.RunAsync(suite, Name);
        await ProvisionTests.RunAsync(suite, Name);

        (await suite.BuildAsync("Destroy", Name)).ShouldEndWith(ExitCodes.Success);
        suite.ShouldBeGone(Name);
        (await suite.BuildAsync("Destroy", Name))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("nothing to remove");
    }

    private async Task ASecondRunChangesNothingAsync()
    {
        var before = suite.StateOf(Name);
        // All but the checks, which the next target that needs a verified host relies on.
        var again = (await suite.BuildAsync("InstallContainers", Name)).ShouldEndWith(ExitCodes.Success);
        foreach (var step in new[] { Step.DownloadIso, Step.CreateVm, Step.EnableNested, Step.InstallContainers })
            again.Text.ShouldContain($"{step}: skipped, up to date");
        var after = suite.StateOf(Name);
        after.InstanceId.ShouldBe(before.InstanceId);
        after.Find(Step.CreateVm).ShouldBe(before.Find(Step.CreateVm));
        after.Find(Step.InstallContainers).ShouldBe(before.Find(Step.InstallContainers));
    }

    // Virtual machines and networks come and go in it; without those that are held open it panics after a few (ADR 22).
    private async Task ItsKernelPatchesNothingAsync()
    {
        var script = Path.Combine(Repository.Root, "tests", "ContainerHost.EndToEnd", "Harness", "stir-keys.py");
        await suite.BuildAsync("Copy", Name, "--from-path", script, "--to-path", $"{Name}:/root/");
        var stirred = await suite.BuildAsync("Shell", Name, "--json", "--command", "python3 /root/stir-keys.py 20");
        stirred.ShouldEndWith(ExitCodes.Success).Text.ShouldContain("rounds, exit codes [0, 0]");
    }

    private async Task AChangedSpecIsToldAsync()
    {
        var refused = await suite.BuildAsync("CreateVm", Name, "--disk-size", "10GiB");
        refused.ShouldEndWith(ExitCodes.InvalidInput);
        refused.Text.ShouldContain("--disk-size: has 24GiB, asked for 10GiB");
        refused.Text.ShouldContain("--recreate");

        var changed = (await suite.BuildAsync("CreateVm", Name, "--memory", "1GiB")).ShouldEndWith(ExitCodes.Success);
        changed.Text.ShouldContain("power cycle");
        var memory = await suite.BuildAsync("Shell", Name, "--json", "--command", "grep MemTotal /proc/meminfo");
        var words = memory.Json["standardOutput"]!.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long.Parse(words[1], CultureInfo.InvariantCulture).ShouldBeInRange(800 * 1024, 1024 * 1024);
    }

    private async Task TheShellReachesTheGuestAsync()
    {
        var result = await suite.BuildAsync("Shell", Name, "--json", "--command", "hostname; exit 7");
        result.ExitCode.ShouldBe(7, result.Text);
        result.Json["standardOutput"]!.GetValue<string>().Trim().ShouldBe(Name);
        var host = await suite.StatusOfAsync(Name);
        host["state"]!.GetValue<string>().ShouldBe("Running");
        host["lastVerification"]!["passed"]!.GetValue<bool>().ShouldBeTrue();
        host["ssh"]!.GetValue<string>().ShouldStartWith("127.0.0.1:");
    }

    private static void ShouldBeVerified(JsonNode report)
    {
        report["passed"]!.GetValue<bool>().ShouldBeTrue(report.ToJsonString());
        var checks = report["checks"]!.AsArray();
        checks.Select(check => check!["id"]!.GetValue<string>()).ShouldBe(Checks);
        checks.ShouldAllBe(check =>
            check!["passed"]!.GetValue<bool>() && check["evidence"]!.GetValue<string>().Length > 0
        );
    }
}
