using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.Iso;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.EndToEnd.Contracts;

/// <summary>A machine for Windows on the real QEMU: UEFI, drives, screen, keyboard, and media that are taken out. Windows itself is not there.</summary>
public sealed class QemuInstallationTests(Suite suite) : IAsyncLifetime
{
    private readonly IHypervisor _hypervisor = suite.Services.HypervisorFor(new HostSpec { Name = HostName.Default });
    private readonly HostFolder _folder = new(suite.FolderOf("uefi"));
    private readonly Guid _mark = Guid.NewGuid();

    public ValueTask InitializeAsync()
    {
        Suite.RequireQemu();
        Directory.CreateDirectory(_folder.Path);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _hypervisor.DestroyAsync(_folder, _mark, CancellationToken.None);
        Directory.Delete(_folder.Path, recursive: true);
    }

    [Theory]
    [InlineData(DeviceModel.Inbox)]
    [InlineData(DeviceModel.Virtio)]
    internal async Task A_medium_that_asks_for_a_key_gets_it_and_all_media_are_taken_out_for_good(DeviceModel devices)
    {
        var machine = await DescribeAsync(devices);
        await _hypervisor.CreateAsync(machine, Token);

        var boot = new InstallationBoot(_hypervisor, TimeProvider.System);
        var pressed = await boot.RunAsync(_folder, Token);

        pressed.ShouldBeGreaterThan(0, "the medium waits for a key, and says so at the top of the screen");
        await _hypervisor.RemoveMediaAsync(_folder, Token);
        await _hypervisor.RemoveMediaAsync(_folder, Token);
        (await _hypervisor.GetStateAsync(_folder, Token)).ShouldBe(MachineState.Running);
        File.Delete(machine.Seed.IsoPath);
        File.Delete(machine.Boot.Path);
        if (machine.Boot is InstallationMedium { Drivers: { } drivers })
            File.Delete(drivers.IsoPath);

        // The next start wants none of them.
        await _hypervisor.StopAsync(_folder, TimeSpan.Zero, Token);
        await _hypervisor.PowerOnAsync(_folder, Token);
        (await _hypervisor.GetStateAsync(_folder, Token)).ShouldBe(MachineState.Running);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private async Task<MachineSpec> DescribeAsync(DeviceModel devices)
    {
        var iso = In("medium, with a comma.iso");
        await AskingMedium.MakeAsync(Directory.CreateDirectory(In("tree")).FullName, iso, Token);
        var answers = new IsoFile("autounattend.xml", new byte[10]);
        var image = IsoImage.Write("ANSWERS", [answers], DateTimeOffset.UnixEpoch.AddYears(50));
        await File.WriteAllBytesAsync(_folder.Seed, image, Token);
        var drivers = In("virtio-win.iso");
        await File.WriteAllBytesAsync(drivers, image, Token);
        return new MachineSpec
        {
            Name = HostName.Default,
            InstanceId = _mark,
            Folder = _folder,
            Cpus = 1,
            Memory = ByteSize.FromMiB(512),
            DiskSize = ByteSize.FromGiB(32),
            Guest = GuestCatalog.Find("windows-server-2022")!,
            Boot = new InstallationMedium
            {
                IsoPath = iso,
                Image = new WindowsImage(1, "an image", 20348),
                Drivers = devices == DeviceModel.Virtio ? new DriverMedium(drivers, drivers, "", []) : null,
                Sha256 = new string('0', 64),
                Origin = "a test",
                Fingerprint = "0123456789ab",
            },
            Seed = new SeedMedia(_folder.Seed, "fedcba"),
            Devices = devices,
            Nested = true,
        };
    }
}
