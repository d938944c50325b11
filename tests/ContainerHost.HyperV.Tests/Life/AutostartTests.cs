using ContainerHost.Errors;

namespace ContainerHost.HyperV.Tests.Life;

/// <summary>Machines that start with their host: Hyper-V's own setting.</summary>
public sealed class AutostartTests
{
    [Fact]
    public async Task A_machine_that_is_off_is_told_to_start_always_and_no_more()
    {
        using var scene = new Scene();
        var machine = await scene.CreateAsync();
        (await scene.Hypervisor.GetAutostartAsync(machine.Folder, Token)).ShouldBe(false);

        await scene.Hypervisor.SetAutostartAsync(machine.Folder, true, Token);

        scene.Settings.Get<ushort>("AutomaticStartupAction").ShouldBe((ushort)4);
        scene.Settings.Get<ushort>("AutomaticShutdownAction").ShouldBe((ushort)4);
        (await scene.Hypervisor.GetAutostartAsync(machine.Folder, Token)).ShouldBe(true);
        await scene.Hypervisor.SetAutostartAsync(machine.Folder, false, Token);
        scene.Settings.Get<ushort>("AutomaticStartupAction").ShouldBe((ushort)2);
    }

    [Fact]
    public async Task One_that_runs_is_left_as_it_is_and_it_is_told_how_to_go_on()
    {
        using var scene = new Scene();
        var machine = await scene.CreateAsync();
        await scene.Hypervisor.StartAsync(machine.Folder, Token);

        var refused = await Should.ThrowAsync<ContainerHostException>(
            scene.Hypervisor.SetAutostartAsync(machine.Folder, true, Token)
        );

        refused.Message.ShouldContain("changes only while it is off");
        refused.Message.ShouldContain($"./build.sh Stop --name {machine.Name}");
        (await scene.Hypervisor.GetAutostartAsync(machine.Folder, Token)).ShouldBe(false);
    }
}
