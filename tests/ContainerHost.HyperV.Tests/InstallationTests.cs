using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.HyperV.Tests;

/// <summary>A machine that installs itself from a medium: drives, boot order, the key, and the media's end.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task The_machine_tries_the_medium_then_its_empty_disk()
    {
        using var scene = new Scene();
        var spec = await CreateAsync(scene);

        scene.Settings.Get<string[]>("BootSourceOrder")!.Length.ShouldBe(2);
        var disk = scene.DiskOf(spec);
        (disk.MaxInternalSize, disk.Parent).ShouldBe(((ulong)spec.DiskSize.Bytes, null));
        Media(scene)
            .ShouldBe([
                $@"{SimulatedHost.DiskFolder}\ContainerHost\media\{spec.Boot.Sha256}.iso",
                $@"{SimulatedHost.DiskFolder}\ContainerHost\{spec.InstanceId:D}\seed.iso",
            ]);
    }

    [Fact]
    public async Task A_key_is_pressed_only_while_the_loader_asks_for_it()
    {
        using var scene = new Scene();
        var spec = await CreateAsync(scene);

        (await BootAsync(scene, spec)).ShouldBe(1);

        scene.Host.Machines.All.Single().Keys.ShouldBe([0x20u]);
    }

    [Fact]
    public async Task A_machine_that_does_not_ask_gets_no_key()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync(scene.Describe(guest: "windows-server-2022"));

        (await BootAsync(scene, spec)).ShouldBe(0);

        scene.Host.Machines.All.Single().Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Media_are_taken_out_of_the_running_machine_and_the_answers_deleted()
    {
        using var scene = new Scene();
        var spec = await CreateAsync(scene);
        await scene.Hypervisor.PowerOnAsync(spec.Folder, Token);

        await scene.Hypervisor.RemoveMediaAsync(spec.Folder, Token);
        await scene.Hypervisor.RemoveMediaAsync(spec.Folder, Token);

        Media(scene).ShouldBeEmpty();
        scene.Host.Files.Paths.ShouldNotContain(path => path.EndsWith("seed.iso", StringComparison.Ordinal));
        (await scene.Hypervisor.GetSpecAsync(spec.Folder, Token))!.HasMedia.ShouldBeFalse();
        (await scene.Hypervisor.GetStateAsync(spec.Folder, Token)).ShouldBe(MachineState.Running);
    }

    private static async Task<MachineSpec> CreateAsync(Scene scene)
    {
        var iso = Path.Combine(scene.Folder, "medium.iso");
        await File.WriteAllTextAsync(iso, "a medium", Token);
        var described = scene.Describe(guest: "windows-server-2022");
        var spec = described with
        {
            DiskSize = ByteSize.FromGiB(40),
            Boot = new InstallationMedium
            {
                IsoPath = iso,
                Image = new WindowsImage(3, "Windows Server 2022 SERVERDATACENTERCORE", 20348),
                Sha256 = described.Boot.Sha256,
                Origin = described.Boot.Origin,
                Fingerprint = described.Boot.Fingerprint,
            },
        };
        return await scene.CreateAsync(spec);
    }

    private static Task<int> BootAsync(Scene scene, MachineSpec spec) =>
        new InstallationBoot(scene.Hypervisor, new Poll(scene.Host.Time)).RunAsync(spec.Folder, "lab1", Token);

    private static IEnumerable<string> Media(Scene scene) =>
        scene
            .Host.Machines.DisksOf(scene.Host.Machines.All.Single())
            .Where(path => path.EndsWith(".iso", StringComparison.Ordinal));
}
