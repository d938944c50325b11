using ContainerHost.EndToEnd.Harness;
using ContainerHost.Hosts;
using ContainerHost.HyperV.Tests.Graph;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Tests.Media.Windows;

namespace ContainerHost.EndToEnd;

/// <summary>
/// The whole graph for a Windows guest on the real QEMU: a medium made as Microsoft makes it is opened, its loader gets its key, media are
/// taken out. Windows itself is a script: there is none to install here.
/// </summary>
public sealed class WindowsOnQemuTests(Suite suite) : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(suite.FolderOf("windows")).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_medium_becomes_a_verified_host_with_virtio_devices()
    {
        Suite.RequireQemu();
        var guest = new ScriptedGuest();
        var releases = new ScriptedReleases(_folder);
        var services = suite.Services with { Guests = guest, Releases = releases, Artifacts = releases };
        string[] drivers = ["viostor/2k22/amd64/viostor.inf", "NetKVM/2k22/amd64/netkvm.inf"];
        var request = new HostRequest
        {
            ["name"] = "win1",
            ["provider"] = "Qemu",
            ["guest"] = "windows-server-2022",
            ["accept-license"] = "yes",
            ["memory"] = "2GiB",
            ["iso"] = await MakeMediumAsync(),
            ["devices"] = "Virtio",
            ["virtio-drivers"] = await TestMedium.MakeDriversAsync(_folder, drivers),
        };

        var outcome = await RunAsync(services, request);

        outcome.Report.Checks.Where(check => !check.Passed).ShouldBeEmpty();
        outcome.Report.Checks.Count.ShouldBe(11);
        string[] packages = ["buildkit", "containerd", "nerdctl", "virtio-drivers", "windows-container-networking"];
        outcome.Report.Artifacts.Select(artifact => artifact.Name).ShouldBe(["boot-media", .. packages]);
        string[] features = ["Containers", "Microsoft-Hyper-V", "Microsoft-Hyper-V-Management-PowerShell"];
        guest.Features.ShouldBe(features, ignoreOrder: true);
        var host = suite.HostOf("win1");
        File.Exists(host.Seed).ShouldBeFalse("the answers have the password");
        var password = (await File.ReadAllTextAsync(host.Password, Token)).Trim();
        foreach (var file in (string[])[host.State, host.Machine, host.LockFile, host.SerialLog])
            (await File.ReadAllTextAsync(file, Token)).ShouldNotContain(password, Case.Sensitive, file);

        // A second run finds it as it is.
        var boots = guest.Boots;
        (await RunAsync(services, request)).Report.Passed.ShouldBeTrue();
        guest.Boots.ShouldBe(boots + 1, "the check's own reboot");
        HostName.TryParse("win1", out var name).ShouldBeTrue();
        (await new HostRemover(services).RemoveAsync(name, Token)).ShouldBeTrue();
    }

    private static async Task<VerificationOutcome> RunAsync(HostServices services, HostRequest request)
    {
        using var provisioner = await Provisioner.OpenAsync(services, request, recreate: false, Token);
        await provisioner.DownloadIsoAsync(Token);
        await provisioner.CreateVmAsync(Token);
        await provisioner.EnableNestedAsync(Token);
        await provisioner.InstallContainersAsync(Token);
        return await provisioner.VerifyAsync(Token);
    }

    private async Task<string> MakeMediumAsync()
    {
        var tree = await TestMedium.MakeTreeAsync(_folder, TestMedium.Server2022);
        var iso = Path.Combine(_folder, "server.iso");
        await AskingMedium.MakeAsync(tree, iso, Token);
        return iso;
    }
}
