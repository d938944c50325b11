using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Machines.Qemu;
using ContainerHost.Specification;
using ContainerHost.Tests.Sweeps;

namespace ContainerHost.Tests.Hosts.Templates;

/// <summary>Templates of hosts that start by UEFI, and their clones, over a process that stands in for QEMU.</summary>
public sealed class OffTemplateTests : SweepTest
{
    private static readonly HostName Name = TemplateSample.Named("lab1");
    private static readonly HostName Clone = TemplateSample.Named("clone");
    private static readonly HostName Other = TemplateSample.Named("other");

    [Fact]
    public async Task It_has_no_memory_and_its_clones_boot_with_an_identity_of_their_own()
    {
        using var scene = await MakeAsync();
        var store = new TemplateStore(scene.Services);

        (await new Cloner(scene.Services).CloneAsync(Name, [Clone, Other], CloneWishes.None, Token)).ShouldAllBe(
            clone => clone.Failure == null
        );

        var template = await store.NeedAsync(Name, Token);
        (template.IsFrozen, File.Exists(store.FolderOf(Name).Memory)).ShouldBe((false, false));
        var (one, two) = (StateOf(scene, Clone), StateOf(scene, Other));
        one.MachineId.ShouldNotBeNull().ShouldNotBe(two.MachineId);
        one.HostPublicKey.ShouldNotBe(two.HostPublicKey);
        one.Runtime.ShouldNotBeNull().Version.ShouldBe(template.Runtime!.Version, "nothing is installed again");
        one.Find(Step.InstallContainers)!.Note.ShouldBe("as the template has it");
        store.ClonesOf(Name).ShouldBe([Clone, Other], ignoreOrder: true);
        (await Should.ThrowAsync<ContainerHostException>(store.RemoveAsync(Name, Token))).Saw.ShouldContain("clone");

        var folder = scene.Services.Store.FolderOf(Clone);
        var machine = (await scene.Services.HypervisorFor(one.Spec).GetSpecAsync(folder, Token)).ShouldNotBeNull();
        var words = string.Join(' ', QemuArguments.For(new QemuMachine(machine, "tcg", Port: 0)));
        words.ShouldContain("if=pflash,unit=1,format=raw,file=firmware.fd");
        words.ShouldContain($"mac={machine.Mac}");
        words.ShouldNotContain("-incoming");
        words.ShouldNotContain("memory-backend");
        File.Exists(folder.Firmware).ShouldBeTrue("variables of its own");
        (await RealTool.RunAsync("qemu-img", "info", "-U", "--backing-chain", folder.Disk)).ShouldContain(
            ".templates/lab1/base.qcow2"
        );
        foreach (var name in (HostName[])[Clone, Other])
            await new HostRemover(scene.Services).RemoveAsync(name, Token);
        (await store.RemoveAsync(Name, Token)).ShouldBeTrue();
        (await scene.DestroyAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_call_fails_nothing_is_left_and_the_next_run_succeeds()
    {
        using var scene = await MakeAsync();
        var store = new TemplateStore(scene.Services);
        var remover = new HostRemover(scene.Services);
        await store.RemoveAsync(Name, Token);
        await EachFailsAsync(
            scene,
            () => TemplateAsync(scene),
            () => store.RemoveAsync(Name, Token),
            store.FolderOf(Name).Path
        );
        await TemplateAsync(scene);
        await EachFailsAsync(
            scene,
            () => CloneAsync(scene),
            () => remover.RemoveAsync(Clone, Token),
            scene.Services.Store.FolderOf(Clone).Path
        );
        await store.RemoveAsync(Name, Token);
        (await scene.DestroyAsync(Token)).ShouldBeEmpty();
    }

    // Until it ends without having come to the call that was to fail.
    private static async Task EachFailsAsync(LinuxScene scene, Func<Task> work, Func<Task> remove, string folder)
    {
        for (var number = 1; ; number++)
        {
            var (first, hit) = (scene.Ports.Calls.Count, (PortCall?)null);
            scene.Ports.Faults = call =>
                call.Number != first + number ? null
                : (hit = call).Port == Port.Process ? PortFault.NoSpace
                : PortFault.Lost;
            var error = await Record.ExceptionAsync(work);
            scene.Ports.Faults = _ => null;
            scene.Guests.Held.ShouldBe(0, $"{hit}");
            if (error is null)
                await remove();
            else
                error.ShouldBeAssignableTo<ContainerHostException>($"{hit}")!.Message.ShouldContain("Try:");
            Directory.Exists(folder).ShouldBeFalse($"{hit}: {error}");
            if (hit is null)
            {
                error.ShouldBeNull();
                number.ShouldBeGreaterThan(5);
                return;
            }
        }
    }

    private async Task<LinuxScene> MakeAsync()
    {
        StandInQemu.Require();
        RealTool.Require("qemu-img");
        Assert.SkipUnless(File.Exists("/usr/share/OVMF/OVMF_VARS_4M.fd"), "this machine has no OVMF");
        var scene = new LinuxScene(Folder) { NeedsUefi = true };
        (await scene.RunAsync(Token)).Report.Passed.ShouldBeTrue();
        // The stand-in hears no request to shut down, and would be waited for.
        var hypervisor = scene.Services.HypervisorFor(StateOf(scene, Name).Spec);
        LinuxScene.PowerOff((await hypervisor.GetEndpointAsync(scene.Host, Token)).ShouldNotBeNull().Port);
        await TemplateAsync(scene);
        return scene;
    }

    private static Task<HostFolder> TemplateAsync(LinuxScene scene) =>
        new TemplateMaker(scene.Services).MakeAsync(Name, expiresAt: null, Token);

    private static async Task CloneAsync(LinuxScene scene)
    {
        var clones = await new Cloner(scene.Services).CloneAsync(Name, [Clone], CloneWishes.None, Token);
        if (clones.Single().Failure is { } failure)
            throw failure;
    }

    private static HostState StateOf(LinuxScene scene, HostName name) =>
        scene.Services.Store.Load(name).ShouldNotBeNull();
}
