using System.Text.Json.Nodes;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Tests.Media.Releases;

namespace ContainerHost.EndToEnd;

/// <summary>
/// containerd from a release instead of the distribution, on Debian 12; the same host once more from its lock file with nobody to ask, and a
/// runtime that only says that it isolates.
/// </summary>
public sealed class ReleasesTests(Suite suite)
{
    [Fact]
    public async Task A_host_with_a_released_containerd_is_made_again_offline_from_its_lock_file()
    {
        IReadOnlyList<string> wish =
        [
            "--guest",
            "debian-12",
            "--isolation",
            "Process",
            "--runtime-version",
            "1.x",
            "--memory",
            "4GiB",
        ];
        string address;
        await using (var server = await GitHubServer.StartAsync(Token))
        {
            address = server.Address.ToString();
            await PublishAsync(server);
            (
                await suite.BuildAsync("InstallContainers", "released", [.. wish, "--github-address", address])
            ).ShouldEndWith(ExitCodes.Success);
        }
        var locked = await LockAsync();
        locked.Single(one => one["name"]!.ToString() == "containerd")["origin"]!.ToString().ShouldStartWith(address);

        IReadOnlyList<string> anew = [.. wish, "--github-address", address, "--recreate", "--locked", "--offline"];
        var again = await suite.BuildAsync("Verify", "released", anew);

        again.ShouldEndWith(ExitCodes.Success).Text.ShouldContain("'released' is a verified container host");
        (await LockAsync()).Select(one => one.ToJsonString()).ShouldBe(locked.Select(one => one.ToJsonString()));

        await RefuseWhatIsNoKataAsync();
        (await suite.BuildAsync("Destroy", "released")).ShouldEndWith(ExitCodes.Success);
    }

    // A release of Kata's shape whose shim is containerd's ordinary one: everything is installed and runs, and is found out.
    private async Task RefuseWhatIsNoKataAsync()
    {
        await using var server = await GitHubServer.StartAsync(Token);
        await PublishAsync(server);
        var kata = await ContainerdRelease.PackAsKataAsync(Token);
        server.PublishFile("kata-containers/kata-containers", "3.99.0", "kata-static-3.99.0-amd64.tar.zst", kata);
        IReadOnlyList<string> wish = ["--isolation", "Both", "--vm-isolation", "Kata"];

        var verified = await suite.BuildAsync("Verify", "released", [.. wish, "--github-address", $"{server.Address}"]);

        verified.ShouldEndWith(ExitCodes.VerificationFailed);
        verified.Text.ShouldContain("The container does not run on a kernel of its own.");
        verified.Text.ShouldContain("passed  process-isolation");
        verified.Text.ShouldContain("passed  reboot");
        var locked = await LockAsync();
        locked.ShouldContain(one => $"{one["name"]}" == "kata" && $"{one["version"]}" == "3.99.0");
    }

    private async Task<IReadOnlyList<JsonNode>> LockAsync()
    {
        var text = await File.ReadAllTextAsync(suite.HostOf("released").LockFile, Token);
        return [.. JsonNode.Parse(text)!["artifacts"]!.AsArray().Select(one => one!)];
    }

    private static async Task PublishAsync(GitHubServer server)
    {
        var (containerd, nerdctl) = await ContainerdRelease.PackAsync(Token);
        server.PublishFile("containerd/containerd", "v1.6.99", "containerd-1.6.99-linux-amd64.tar.gz", containerd);
        server.PublishFile("containerd/nerdctl", "v2.0.0", "nerdctl-2.0.0-linux-amd64.tar.gz", nerdctl);
    }
}
