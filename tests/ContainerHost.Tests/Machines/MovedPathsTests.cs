using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;

namespace ContainerHost.Tests.Machines;

public sealed class MovedPathsTests : FolderTest
{
    [Fact]
    public async Task A_clone_finds_what_it_goes_on_with_where_it_was_moved_together_with_its_template()
    {
        await MakeAsync();
        Directory.Move(In("hosts"), In("moved"));

        var boot = await ReadAsync("moved", "lab");

        boot.Saved.ShouldBe(new SavedMachine(In("moved", ".templates", "memory"), In("moved", ".templates", "state")));
        boot.DiskPath.ShouldBe("/cache/disk.raw");
    }

    [Fact]
    public async Task One_that_was_moved_alone_still_has_the_template_of_before()
    {
        await MakeAsync();
        Directory.CreateDirectory(In("moved"));
        Directory.Move(In("hosts", "lab"), In("moved", "lab"));

        (await ReadAsync("moved", "lab")).Saved!.MemoryPath.ShouldBe(In("hosts", ".templates", "memory"));
    }

    [Fact]
    public async Task What_is_in_the_folder_itself_follows_it_under_another_name()
    {
        await MakeAsync();
        Directory.Move(In("hosts", "lab"), In("hosts", "labour"));

        (await ReadAsync("hosts", "labour")).KernelPath.ShouldBe(In("hosts", "labour", "kernel"));
    }

    private Task MakeAsync()
    {
        var templates = In("hosts", ".templates");
        Put("hosts/.templates/memory", "");
        Put("hosts/.templates/state", "");
        var folder = new HostFolder(In("hosts", "lab"));
        var boot = ((KernelDisk)MachineSample.Built.Boot) with
        {
            KernelPath = Path.Combine(folder.Path, "kernel"),
            Saved = new SavedMachine(Path.Combine(templates, "memory"), Path.Combine(templates, "state")),
        };
        var machine = MachineSample.Built with { Folder = folder, Boot = boot };
        return MachineFile.SaveAsync(folder, new QemuMachine(machine, "tcg", Port: 0), Token);
    }

    private async Task<KernelDisk> ReadAsync(string hosts, string name) =>
        (KernelDisk)(await MachineFile.NeedAsync<QemuMachine>(new HostFolder(In(hosts, name)), Token)).Spec.Boot;
}
