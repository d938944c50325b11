using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts;

/// <summary>What Destroy takes away, on the real hypervisor, whatever is left of a host.</summary>
public sealed class HostRemoverTests : FolderTest
{
    private HostServices Services =>
        new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => new QemuHypervisor(In("cache"), new ProcessRunner(), TimeProvider.System),
            Log = Logger.None,
            Guests = null!,
            Processes = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    [Fact]
    public async Task There_need_be_no_folder_of_hosts() => (await RemoveAsync()).ShouldBeFalse();

    [Theory]
    [InlineData("machine.json", "password", "id_ed25519", "disk.qcow2")]
    [InlineData("host.json", "password")]
    [InlineData("host.json.0123.tmp")]
    [InlineData]
    public async Task What_is_left_of_a_host_goes_whole(params string[] left)
    {
        Directory.CreateDirectory(In("hosts", "lab"));
        foreach (var name in left)
            Put($"hosts/lab/{name}", "damaged");
        Put("hosts/.lab.host.lock.json", "{}");

        (await RemoveAsync()).ShouldBeTrue();

        Directory.Exists(In("hosts", "lab")).ShouldBeFalse();
        File.Exists(In("hosts", ".lab.host.lock.json")).ShouldBeFalse();
        (await RemoveAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_never_a_hosts_stays()
    {
        Put("hosts/lab/thesis.txt", "mine");
        Put("hosts/lab.lock.json", "NuGet's");

        var refused = await Should.ThrowAsync<InvalidInputException>(RemoveAsync());

        refused.Message.ShouldContain("thesis.txt");
        Directory.GetFiles(In("hosts", "lab")).Length.ShouldBe(1);
        Read("hosts/lab.lock.json").ShouldBe("NuGet's");
    }

    private Task<bool> RemoveAsync()
    {
        HostName.TryParse("lab", out var name).ShouldBeTrue();
        return new HostRemover(Services).RemoveAsync(name, Token);
    }
}
