using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>Two builds at once: hosts that know nothing of each other, and one host that both want.</summary>
public sealed class TwoHostsTests(Suite suite)
{
    [Fact]
    public async Task Two_hosts_are_made_side_by_side_one_with_docker_one_of_the_release_before_as_a_vendor_ships_it()
    {
        var folder = suite.FolderOf("foreign");
        // Only root makes a foreign one.
        string[] image = Environment.IsPrivilegedProcess
            ? ["--disk-image", await ForeignImage.MakeAsync("bookworm", "ifupdown", folder)]
            : ["--guest", "debian-12"];
        string[] one = ["--private-network", "pair:ip=10.77.5.1/24"];
        string[] other = ["--private-network", "pair:ip=10.77.5.2/24"];
        string[] bare = [.. image, "--runtime", "None", "--isolation", "Process"];
        var docker = suite.BuildAsync("Verify", "docker", ["--runtime", "Docker", .. one]);
        var plain = suite.BuildAsync("Verify", "plain", [.. bare, .. other]);

        (await plain).ShouldEndWith(ExitCodes.Success).Text.ShouldContain("'plain' is a verified container host");
        (await docker).ShouldEndWith(ExitCodes.Success).Text.ShouldContain("'docker' is a verified container host");

        var status = (await suite.BuildAsync("Status", "docker", "--json")).Json.AsArray();
        string[] both = ["docker", "plain"];
        var ours = status.Where(host => both.Contains(host!["name"]!.GetValue<string>()));
        ours.Select(host => host!["ssh"]!.GetValue<string>()).Distinct().Count().ShouldBe(2);
        await AContainerOfOneIsReachedFromTheOtherAsync();
        (await suite.BuildAsync("Destroy", "docker")).ShouldEndWith(ExitCodes.Success);
        // The other one is not touched by that.
        (await suite.BuildAsync("Shell", "plain", "--command", "true")).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("Destroy", "plain")).ShouldEndWith(ExitCodes.Success);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    // By the name of its host, over the network between them: one has systemd-networkd, the other ifupdown.
    private async Task AContainerOfOneIsReachedFromTheOtherAsync()
    {
        const string serve =
            "tar -c -C / bin/busybox | docker import - page:1 && "
            + "docker run --detach --rm --network host page:1 /bin/busybox httpd -f -p 10.77.5.1:8080 -h /bin";
        const string ask =
            "python3 -c 'import urllib.request as r; print(r.urlopen(\"http://docker:8080/busybox\", timeout=60).read()[:4])'";

        (await suite.BuildAsync("Shell", "docker", "--command", serve)).ShouldEndWith(ExitCodes.Success);
        var asked = await suite.BuildAsync("Shell", "plain", "--command", ask);

        asked.ShouldEndWith(ExitCodes.Success).Text.ShouldContain("b'\\x7fELF'");
        (await suite.BuildAsync("Shell", "docker", "--command", "getent hosts plain"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("10.77.5.2");
    }

    [Fact]
    public async Task A_second_build_of_the_same_host_is_told_who_works_on_it()
    {
        using var first = suite.Start("CreateVm", "shared");
        await first.SeesAsync("── CreateVm", Token);

        var second = (await suite.BuildAsync("CreateVm", "shared")).ShouldEndWith(ExitCodes.HostBusy);

        second.Text.ShouldContain($"process {first.Id} holds");
        first.Interrupt();
        (await first.EndAsync(Token)).ShouldEndWith(ExitCodes.Cancelled);
    }
}
