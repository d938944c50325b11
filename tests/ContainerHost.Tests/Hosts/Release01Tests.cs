using System.Text.Json.Nodes;
using Build.Tests.Bootstrap;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Networks;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts;

/// <summary>Hosts that release 0.1 made: its own files, written by QEMU on this project's machine and on the simulated Hyper-V.</summary>
public sealed class Release01Tests : FolderTest
{
    [Fact]
    public async Task A_machine_of_qemu_is_read_with_its_kernel_and_written_in_the_form_of_today()
    {
        var folder = Take("qemu", "old1");

        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, Token);

        var boot = machine.Spec.Boot.ShouldBeOfType<KernelDisk>();
        boot.KernelPath.ShouldBe("/home/lab/.cache/containerhost/images/d4b10a8c4bd4/vmlinuz");
        (boot.Format, boot.Origin, boot.SetsUp).ShouldBe((DiskFormat.Raw, "apt:bookworm", null));
        (machine.Spec.Guest, machine.Accelerator, machine.Port).ShouldBe((GuestCatalog.Debian12, "tcg", 43661));
        machine.Spec.Size.ShouldBe(new MachineSize(2, ByteSize.FromGiB(2), Nested: true));
        await MachineFile.SaveAsync(folder, machine, Token);
        (await MachineFile.NeedAsync<QemuMachine>(folder, Token)).ShouldBe(machine);
    }

    [Theory]
    [InlineData("qemu", "old1")]
    [InlineData("setup", "lab1")]
    public async Task A_machine_is_of_the_folder_that_it_lies_in_and_not_of_the_one_it_was_made_in(
        string kind,
        string name
    )
    {
        var folder = Take(kind, name);

        var spec =
            kind == "qemu"
                ? (await MachineFile.NeedAsync<QemuMachine>(folder, Token)).Spec
                : await MachineFile.NeedAsync<MachineSpec>(folder, Token);

        spec.Folder.ShouldBe(folder);
    }

    [Fact]
    public async Task A_machine_that_was_set_up_from_a_medium_is_read_with_it()
    {
        var spec = await MachineFile.NeedAsync<MachineSpec>(Take("setup", "lab1"), Token);

        var medium = spec.Boot.ShouldBeOfType<InstallationMedium>();
        (medium.Image.Index, medium.SetsUp, medium.Drivers).ShouldBe((3, medium.Image, null));
        medium.Path.ShouldBe(medium.IsoPath);
        (spec.Guest.Id, spec.HasMedia).ShouldBe(("windows-server-2022", false));
    }

    [Fact]
    public async Task A_machine_on_a_disk_that_an_image_was_applied_to_is_read_with_the_image()
    {
        var spec = await MachineFile.NeedAsync<MachineSpec>(Take("apply", "lab1"), Token);

        var disk = spec.Boot.ShouldBeOfType<AppliedDisk>();
        (disk.Format, disk.Image.Index, disk.SetsUp).ShouldBe((DiskFormat.Vhdx, 3, disk.Image));
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("--cpus 2", true, true)]
    [InlineData("--disk-size 30GiB", true, true)]
    [InlineData("--runtime-version 2.1", false, true)]
    [InlineData("--runtime Docker", true, false)]
    [InlineData("--isolation Process", true, false)]
    public void Its_steps_are_up_to_date_unless_something_else_is_asked_for(string typed, bool made, bool installed)
    {
        Take("qemu", "old1");
        var services = LocalServices.Create(new LocalFolders(Folder, Folder, Folder), Logger.None, new NetworkAccess());
        using var session = new HostSession(services.Store, Old1, services.Time, services.Log);
        var had = session.Existing.Spec;
        var context = new StepContext(services, session, had, Typed.Request(typed).ToSpec(had), null, null, null);

        context.IsUpToDate(Step.CreateVm, Change.MakeAnew).ShouldBe(made);
        context.IsUpToDate(Step.InstallContainers, Change.InstallAgain).ShouldBe(installed);
    }

    [Fact]
    public void The_catalogue_of_a_windows_host_is_kept_where_all_hosts_have_theirs()
    {
        var file = Take("setup", "lab1").State;
        var host = JsonNode.Parse(File.ReadAllText(file))!;
        host["spec"]!["windows"]!["catalog"] = "/home/lab/media.json";
        File.WriteAllText(file, host.ToJsonString());

        HostName.TryParse("lab1", out var name).ShouldBeTrue();
        new HostStore(Folder).Load(name)!.Spec.Catalog.ShouldBe("/home/lab/media.json");
    }

    [Fact]
    public void A_runtime_that_was_asked_for_by_a_run_that_was_killed_is_still_to_be_installed()
    {
        Take("qemu", "old1");
        var had = new HostStore(Folder).Load(Old1)!;
        var asked = had.Spec with { Runtime = RuntimeKind.Docker };

        // CreateVm keeps what was asked for; the run is killed before InstallContainers, and the next asks for the same.
        var renewed = SpecChange.Renew(had);
        var kept = renewed with { Spec = asked };

        var installed = kept.Find(Step.InstallContainers)!.Fingerprint;
        installed.ShouldBe(SpecChange.Fingerprint(had.Spec, Change.InstallAgain), "it is what the host had");
        installed.ShouldNotBe(SpecChange.Fingerprint(asked, Change.InstallAgain));
        SpecChange.Renew(kept).ShouldBe(kept);
    }

    [Theory]
    [InlineData("qemu", "old1", "{ damaged")]
    [InlineData("setup", "lab1", null)]
    public async Task A_machine_whose_hosts_state_is_lost_is_read_so_that_it_can_be_removed(
        string kind,
        string name,
        string? state
    )
    {
        var folder = Take(kind, name);
        File.Delete(folder.State);
        if (state is not null)
            await File.WriteAllTextAsync(folder.State, state, Token);

        if (kind == "qemu")
            (await MachineFile.NeedAsync<QemuMachine>(folder, Token)).Spec.Guest.Family.ShouldBe(GuestFamily.Debian);
        else
            (await MachineFile.NeedAsync<MachineSpec>(folder, Token)).Guest.Family.ShouldBe(GuestFamily.WindowsServer);
    }

    [Theory]
    [InlineData("qemu", "old1", 3)]
    [InlineData("setup", "lab1", 5)]
    [InlineData("apply", "lab1", 5)]
    public async Task Its_lock_file_is_read(string kind, string name, int artifacts)
    {
        var locked = await LockFile.ReadAsync(Take(kind, name).LockFile, Token);

        locked.Artifacts.Count.ShouldBe(artifacts);
        locked.Fingerprint.ShouldNotBeNull();
    }

    private static HostName Old1 => Typed.Spec("--name old1").Name;

    private HostFolder Take(string kind, string name)
    {
        var host = Directory.CreateDirectory(In(name)).FullName;
        var kept = Path.Combine(Repository.Root, "tests", "ContainerHost.Tests", "Hosts", "Release01", kind);
        foreach (var file in Directory.EnumerateFiles(kept))
            File.Copy(file, Path.Combine(host, Path.GetFileName(file)));
        return new HostFolder(host);
    }
}
