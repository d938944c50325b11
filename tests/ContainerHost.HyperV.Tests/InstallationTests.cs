using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV.Cim;
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
    public async Task Keys_are_pressed_from_the_start_on()
    {
        using var scene = new Scene();
        var spec = await CreateAsync(scene);

        var pressed = await BootAsync(scene, spec);

        var machine = scene.Host.Machines.All.Single();
        machine.HasBootedMedium.ShouldBeTrue("the loader asks for five seconds only");
        machine.Keys.Count.ShouldBe(pressed);
        machine.Keys.ShouldAllBe(key => key == 0x0D);
    }

    [Theory]
    [InlineData(100, 3)]
    [InlineData(2000, 8)]
    public async Task A_slow_start_and_slow_jobs_do_not_make_the_key_late(int starts, int jobs)
    {
        using var scene = new Scene(
            new HostOptions
            {
                TransitionsTake = TimeSpan.FromMilliseconds(starts),
                JobsTake = TimeSpan.FromSeconds(jobs),
            }
        );
        var spec = await CreateAsync(scene);

        await BootAsync(scene, spec);

        scene.Host.Machines.All.Single().HasBootedMedium.ShouldBeTrue();
    }

    [Fact]
    public async Task A_medium_that_does_not_ask_is_fine()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync(scene.Describe(guest: "windows-server-2022"));

        await BootAsync(scene, spec);

        (await scene.Hypervisor.GetStateAsync(spec.Folder, Token)).ShouldBe(MachineState.Running);
    }

    [Fact]
    public async Task A_machine_that_cannot_be_started_is_told_at_once()
    {
        using var scene = new Scene();
        var spec = await CreateAsync(scene);
        await scene.Host.Files.DeleteAsync(Media(scene).First(), Token);

        (await Should.ThrowAsync<CimCallException>(() => BootAsync(scene, spec))).Message.ShouldContain(
            "start the machine"
        );
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
        new InstallationBoot(scene.Hypervisor, scene.Host.Time).RunAsync(spec.Folder, Token);

    private static IEnumerable<string> Media(Scene scene) =>
        scene
            .Host.Machines.DisksOf(scene.Host.Machines.All.Single())
            .Where(path => path.EndsWith(".iso", StringComparison.Ordinal));
}
