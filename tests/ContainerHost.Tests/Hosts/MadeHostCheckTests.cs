using ContainerHost.Hosts;
using ContainerHost.Tests.Specification;
using ContainerHost.Tests.Sweeps;

namespace ContainerHost.Tests.Hosts;

/// <summary>What CheckPrereqs asks of this machine for a host that is made, on the real QEMU hypervisor over a process that stands in for QEMU.</summary>
public sealed class MadeHostCheckTests : SweepTest
{
    [Fact]
    public async Task It_is_not_checked_for_what_made_its_medium_and_one_that_is_gone_is()
    {
        StandInQemu.Require();
        using var scene = new LinuxScene(Folder);
        await scene.RunAsync(Token);

        // The stand-in has no program but QEMU's.
        (await CheckAsync(scene)).ShouldNotContain("mmdebstrap");

        (await scene.DestroyAsync(Token)).ShouldBeEmpty();
        scene.Ports.Faults = call => call.Name.StartsWith("qemu", StringComparison.Ordinal) ? null : PortFault.Missing;
        (await CheckAsync(scene)).ShouldContain("mmdebstrap");
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(LinuxScene scene)
    {
        var request = Typed.Request("--name lab1 --isolation Both --runtime-version 2.1.4");
        using var provisioner = await Provisioner.OpenAsync(scene.Services, request, recreate: false, Token);
        var report = await provisioner.CheckPrereqsAsync(install: false, Token);
        return [.. report.Rows.Select(row => row.Requirement.Id)];
    }
}
