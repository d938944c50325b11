using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Tests;

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
            ? ["--disk-image", await ForeignImage.MakeAsync("bookworm", "ifupdown", "uefi", folder)]
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
        await APublishedPageIsOpenedHereAsync();
        (await suite.BuildAsync("Destroy", "docker")).ShouldEndWith(ExitCodes.Success);
        // The other one is not touched by that.
        await OffTemplateTests.RunAsync(suite, "plain");
        (await suite.BuildAsync("Destroy", "plain")).ShouldEndWith(ExitCodes.Success);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    // By the name of its host, over the network between them: one has systemd-networkd, the other ifupdown.
    private async Task AContainerOfOneIsReachedFromTheOtherAsync()
    {
        const string serve =
            "mkdir -p /srv/www && echo '<script>document.write(\"opened on \" + location.port)</script>' >/srv/www/index.html && "
            + "tar -c -C / bin/busybox srv/www | docker import - page:1 && "
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

    // By Docker's client on this machine, and a browser on it.
    private async Task APublishedPageIsOpenedHereAsync()
    {
        var folder = suite.FolderOf("client");
        var port = PortTests.FreePort();
        var root = await DebianPackage.UnpackAsync(folder, "docker-cli", "docker.io");
        var connect = await suite.BuildAsync("Connect", "docker", "--format", "json");
        var engine = connect.ShouldEndWith(ExitCodes.Success).Json["DOCKER_HOST"]!.GetValue<string>();

        (await DockerAsync("ps", "--format", "{{.Image}}")).Trim().ShouldBe("page:1");
        string[] page = ["page:1", "/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/srv/www"];
        await FollowedPortsComeAndGoAsync(async published =>
            await DockerAsync(["run", "--detach", "--name", "page", "--rm", "--publish", $"{published}:80", .. page])
        );
        await DockerAsync("stop", "--time", "0", "page");
        await DockerAsync(["run", "--detach", "--rm", "--publish", "8081:80", .. page]);
        (await suite.BuildAsync("Forward", "docker", "--forward", $"{port}:8081")).ShouldEndWith(ExitCodes.Success);

        var opened = await RealTool.RunAsync(
            "chromium-headless-shell",
            "--no-sandbox",
            $"--user-data-dir={folder}/profile",
            "--dump-dom",
            $"http://127.0.0.1:{port}/"
        );
        opened.ShouldContain($"opened on {port}");
        (await suite.BuildAsync("Connect", "docker", "--remove")).ShouldEndWith(ExitCodes.Success);
        Directory.Delete(folder, recursive: true);

        Task<string> DockerAsync(params string[] words) =>
            RealTool.RunAsync(new Command($"{root}/usr/bin/docker", ["--host", engine, .. words]));
    }

    private async Task FollowedPortsComeAndGoAsync(Func<int, Task> publishAsync)
    {
        var port = PortTests.FreePort();
        using var follows = suite.Start("Forward", "docker", "--forward", "auto");
        // Whoever follows already is told.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, Token);
        await publishAsync(port);
        await follows.SeesAsync($"127.0.0.1:{port} leads to port {port}", Token);
        (await PortTests.FetchAsync(port)).ShouldContain("opened on");

        follows.Interrupt();

        (await follows.EndAsync(Token)).ShouldEndWith(ExitCodes.Success);
        await Should.ThrowAsync<HttpRequestException>(PortTests.FetchAsync(port));
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
