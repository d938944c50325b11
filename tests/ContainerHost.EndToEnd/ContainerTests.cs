using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>The first containers of a user, by the command of the guest and by the target of the build, on the verified host of another case.</summary>
internal static class ContainerTests
{
    private const string Image = "localhost/containerhost-hello:1";
    private const string BootId = "busybox cat /proc/sys/kernel/random/boot_id";

    private const string Left =
        "ctr -n containerhost containers ls -q; ctr -n containerhost snapshots ls | grep -c roots; ip netns; grep containerhost /proc/mounts; "
        + "ls -A /var/lib/containerhost/roots /run/containerhost/uts | grep run-; ls -d /run/containerhost/tmp*; pgrep -a 'qemu|virtiofsd'";

    public static async Task RunAsync(Suite suite, string name)
    {
        var before = await AskAsync(suite, name, Left);
        await AGuestsCommandRunsBothKindsAsync(suite, name);
        await AnInterruptedOneIsTakenAwayAsync(suite, name);
        (await AskAsync(suite, name, Left)).Output.ShouldBe(before.Output);
        await ATargetRunsBothKindsAsync(suite, name);
        (await AskAsync(suite, name, Left)).Output.ShouldBe(before.Output);
    }

    private static async Task AGuestsCommandRunsBothKindsAsync(Suite suite, string name)
    {
        (await AskAsync(suite, name, "containerhost images")).Output.ShouldContain(Image);
        var guest = (await AskAsync(suite, name, "cat /proc/sys/kernel/random/boot_id")).Output;
        foreach (var vm in (string[])["", "--vm"])
        {
            var share =
                "mkdir -p /srv/share && echo given >/srv/share/file && "
                + $"containerhost run {vm} -e A=b,c -v /srv/share:/data -v /srv/share:/fixed:ro {Image} /bin/busybox sh -c "
                + $"'{BootId}; busybox cat /data/file; echo $A; echo back >/data/file; echo no >/fixed/file; echo told >&2; exit 3'; code=$?; cat /srv/share/file; exit $code";
            var ended = await AskAsync(suite, name, share);
            ended.ExitCode.ShouldBe(3, ended.Error);
            var boot = ended.Output[..guest.Length];
            boot.ShouldEndWith("\n");
            (boot == guest).ShouldBe(vm.Length == 0);
            ended.Output[guest.Length..].ShouldBe("given\nb,c\nback\n");
            ended.Error.ShouldContain("told");
        }
    }

    // What it prints comes at once, and not only as it ends.
    private static async Task AnInterruptedOneIsTakenAwayAsync(Suite suite, string name)
    {
        foreach (var vm in (string[])["", "--vm"])
        {
            var line =
                $"containerhost run {vm} {Image} /bin/busybox sh -c 'echo runs; busybox sleep 600' >/run/said & "
                + "for i in $(seq 120); do grep -q runs /run/said && break; sleep 1; done; cat /run/said; kill $!; wait $!; exit $?";
            var ended = await AskAsync(suite, name, line);
            ended.Output.ShouldBe("runs\n");
            ended.ExitCode.ShouldBe(128 + 15, ended.Error);
        }
    }

    private static async Task ATargetRunsBothKindsAsync(Suite suite, string name)
    {
        string[] words = ["--image", Image, "--json", "--isolation"];
        var hello = await suite.BuildAsync("RunContainer", name, [.. words, "HyperV"]);
        hello.ShouldEndWith(ExitCodes.Success).Json["standardOutput"]!.GetValue<string>().ShouldBe("Hello, world\n");
        var ended = await suite.BuildAsync(
            "RunContainer",
            name,
            [.. words, "Process", "--command", "/bin/busybox sh -c 'exit 3'"]
        );
        ended.ExitCode.ShouldBe(3, ended.Text);
    }

    private static async Task<(int ExitCode, string Output, string Error)> AskAsync(
        Suite suite,
        string name,
        string line
    )
    {
        var said = (await suite.BuildAsync("Shell", name, "--json", "--command", line)).Json;
        return (
            said["exitCode"]!.GetValue<int>(),
            said["standardOutput"]!.GetValue<string>(),
            said["standardError"]!.GetValue<string>()
        );
    }
}
