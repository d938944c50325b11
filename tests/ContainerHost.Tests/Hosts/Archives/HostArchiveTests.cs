using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Archives;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Tests.Hosts.Templates;
using ContainerHost.Tests.Prerequisites;

namespace ContainerHost.Tests.Hosts.Archives;

/// <summary>A host goes into an archive and comes out of it, on real disks; LifeTests of the end-to-end tests start one.</summary>
public sealed class HostArchiveTests : FolderTest
{
    private static readonly HostName Other = TemplateSample.Named("other");

    private ArchivedHostSample Sample => field ??= new ArchivedHostSample(Folder);

    private string Archive => In("web.tar.gz");

    private HostFolder Imported => new(In("hosts", "other"));

    public override async ValueTask InitializeAsync()
    {
        RealTool.Require("qemu-img");
        await Sample.MakeAsync();
    }

    [Fact]
    public async Task What_was_exported_is_a_host_again_that_needs_nothing_of_the_first()
    {
        (await ExportAsync()).ShouldBe(new FileInfo(Archive).Length);
        ShouldBeOursAlone(Archive);
        File.Exists(Sample.Host.PackedBase).ShouldBeFalse();
        await new HostRemover(Sample.Services).RemoveAsync(HostName.Default, Token);
        Directory.Delete(In("cache"), recursive: true);

        (await ImportAsync(null)).ShouldBe(HostName.Default);

        await ShouldHaveItsDiskAsync(Sample.Host);
        var (state, machine) = (StateOf(HostName.Default), await MachineAsync(Sample.Host));
        state.Find(Step.CreateVm)!.Fingerprint.ShouldBe(SpecChange.Fingerprint(state.Spec, Change.MakeAnew));
        (state.ClonedFrom, state.Lab, state.ExpiresAt, state.LastVerification).ShouldBe((null, null, null, null));
        // Ports are this machine's to give.
        state.Spec.Forward.ShouldBeNull();
        state.Spec.Mount.ShouldBeNull();
        (machine.Port, machine.Spec.AddressedAs, machine.Spec.InstanceId).ShouldBe((0, null, state.InstanceId));
        var boot = machine.Spec.Boot.ShouldBeOfType<KernelDisk>();
        (await File.ReadAllTextAsync(boot.KernelPath, Token)).ShouldBe("a kernel");
        (await File.ReadAllTextAsync(boot.InitrdPath, Token)).ShouldBe("a RAM disk");
        (await File.ReadAllTextAsync(Sample.Host.KnownHosts, Token)).ShouldBe("containerhost ssh-ed25519 AAAAkey\n");
        (await File.ReadAllTextAsync(Sample.Host.LockFile, Token)).ShouldBe("this is host.lock.json");
        foreach (var secret in (string[])[Sample.Host.Password, Sample.Host.ClientKey, Sample.Host.Seed])
            ShouldBeOursAlone(secret);
    }

    [Fact]
    public async Task Beside_the_first_it_is_a_host_of_its_own_whose_guest_knows_its_adapters()
    {
        await ExportAsync();

        (await ImportAsync(Other)).ShouldBe(Other);

        var (first, machine) = (StateOf(HostName.Default), await MachineAsync(Imported));
        StateOf(Other).InstanceId.ShouldNotBe(first.InstanceId);
        machine.Spec.InstanceId.ShouldBe(StateOf(Other).InstanceId);
        machine.Spec.Mac.ShouldBe(MachineSpec.MacOf(first.InstanceId));
        machine.Spec.PrivateMac.ShouldBe(MachineSpec.PrivateMacOf(first.InstanceId));
        (await File.ReadAllTextAsync(Imported.KnownHosts, Token)).ShouldStartWith("other ");
        await ShouldHaveItsDiskAsync(Imported);
    }

    [Fact]
    public async Task One_that_was_imported_is_exported_again_and_moved_with_its_folder()
    {
        await ExportAsync();
        await ImportAsync(Other);
        await new HostExporter(Sample.Services).ExportAsync(Other, In("again.tar.gz"), Token);
        await new HostRemover(Sample.Services).RemoveAsync(Other, Token);
        await new HostImporter(Sample.Services).ImportAsync(In("again.tar.gz"), null, null, Token);
        Directory.Move(In("hosts"), In("elsewhere"));

        var moved = new HostFolder(In("elsewhere", "other"));
        await ShouldHaveItsDiskAsync(moved);
        var boot = (await MachineAsync(moved)).Spec.Boot.ShouldBeOfType<KernelDisk>();
        (boot.DiskPath, Path.GetDirectoryName(boot.KernelPath)).ShouldBe((moved.BaseDisk, moved.Path));
    }

    [Fact]
    public async Task Its_checkpoints_go_with_it_and_are_those_of_the_host_that_it_is_now()
    {
        await new HostCheckpoints(Sample.Services).CreateAsync(HostName.Default, "clean", Token);
        await RealTool.RunAsync("qemu-io", "-f", "qcow2", "-c", "write -P 9 0 128k", Sample.Host.Disk);
        await ExportAsync();
        await ImportAsync(Other);

        await new HostCheckpoints(Sample.Services).RestoreAsync(Other, "clean", Token);

        await ShouldHaveItsDiskAsync(Imported);
        StateOf(Other).Spec.Name.ShouldBe(Other);
        StateOf(Other).LastVerification.ShouldBeNull();
        StateOf(HostName.Default).Spec.Name.ShouldBe(HostName.Default);
    }

    [Fact]
    public async Task A_lifetime_counts_from_the_import()
    {
        await ExportAsync();

        await new HostImporter(Sample.Services).ImportAsync(Archive, Other, DateTimeOffset.UnixEpoch.AddDays(1), Token);

        StateOf(Other).ExpiresAt.ShouldBe(DateTimeOffset.UnixEpoch.AddDays(1));
    }

    [Fact]
    public async Task Whoever_gets_an_archive_does_not_learn_where_it_was_made()
    {
        await ExportAsync();

        await ChangedArchive.WriteAsync(
            Archive,
            entry =>
            {
                if (entry.Name == "contents.json")
                    new StreamReader(entry.DataStream!).ReadToEnd().ShouldNotContain(Folder);
                return null;
            }
        );
    }

    [Fact]
    public async Task Neither_an_archive_nor_a_host_is_written_over()
    {
        await ExportAsync();
        var before = await File.ReadAllTextAsync(Sample.Host.State, Token);

        (await Should.ThrowAsync<InvalidInputException>(ExportAsync())).Message.ShouldContain("is there already");
        (await Should.ThrowAsync<InvalidInputException>(ImportAsync(null))).Message.ShouldContain(
            "name 'containerhost' is taken"
        );
        (await File.ReadAllTextAsync(Sample.Host.State, Token)).ShouldBe(before);
    }

    [Fact]
    public async Task What_has_no_room_is_refused_before_anything_is_written()
    {
        await ExportAsync();
        var importer = new HostImporter(Sample.Services)
        {
            Unpacking = new Unpacking("a host", Sample.Services.Log) { FreeSpace = _ => 4096 },
        };

        var refused = await Should.ThrowAsync<ContainerHostException>(
            importer.ImportAsync(Archive, Other, null, Token)
        );

        refused.Saw.ShouldContain("has 4096 free");
        NothingIsThere();
    }

    [Fact]
    public async Task One_that_runs_is_refused_with_what_to_do()
    {
        var runs = new FakeHypervisor { Running = (await MachineAsync(Sample.Host)).Spec };
        var exporter = new HostExporter(Sample.Services with { HypervisorFor = _ => runs });

        var refused = await Should.ThrowAsync<ContainerHostException>(
            exporter.ExportAsync(HostName.Default, Archive, Token)
        );

        refused.Message.ShouldContain("'./build.sh Stop --name containerhost' first");
        File.Exists(Archive).ShouldBeFalse();
    }

    [Fact]
    public async Task A_base_that_is_gone_is_told_and_no_archive_is_left()
    {
        File.Delete(Sample.Base);

        var refused = await Should.ThrowAsync<ContainerHostException>(ExportAsync());

        refused.Message.ShouldContain(Sample.Base);
        File.Exists(Archive).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(-1)]
    public async Task One_that_is_cut_off_leaves_nothing(int length)
    {
        await ExportAsync();
        using (var file = new FileStream(Archive, FileMode.Open))
            file.SetLength(length < 0 ? file.Length - 400 : length);

        await RefusedAsync();
    }

    [Fact]
    public async Task A_changed_byte_is_found_wherever_it_is()
    {
        await ExportAsync();

        await ChangedArchive.WriteAsync(
            Archive,
            entry => entry.Name == "password" ? ChangedArchive.Entry("password", "that is password") : entry
        );

        (await RefusedAsync()).ShouldContain("it has another password than its digest says");
    }

    [Theory]
    [InlineData("../../other/host.json")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("host.json")]
    [InlineData("password")]
    public async Task Another_name_or_one_that_was_there_is_refused_wherever_it_leads(string name)
    {
        await ExportAsync();

        await ChangedArchive.WriteAsync(
            Archive,
            entry => entry.Name == "id_ed25519" ? ChangedArchive.Entry(name, "this is id_ed25519") : entry
        );

        (await RefusedAsync()).ShouldContain($"it has '{name}' where id_ed25519 should be");
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1,\n  \"name\"", "\"schemaVersion\": 2,\n  \"name\"", "has format 2, newer than 1")]
    [InlineData("\"schemaVersion\": 1,\n      \"spec\"", "\"schemaVersion\": 7,\n      \"spec\"", "a host of format 7")]
    [InlineData("\"state\":", "\"states\":", "lacks 'state'")]
    [InlineData("\"host\":", "\"hosts\":", "is neither of a template nor of a host")]
    [InlineData(
        "\"name\": \"seed.iso\"",
        "\"name\": \"password\"",
        "does not have the files base.qcow2, disk.qcow2, seed"
    )]
    [InlineData("\"hasSeed\": true", "\"hasSeed\": false", "does not have the files base.qcow2, disk.qcow2, password")]
    [InlineData("AAAAkey", "AAAA\\n* ssh-ed25519 AAAA", "has a host whose key is not known")]
    [InlineData("\"durationMs\": 1", "\"durationMs\": null", "has a host that was never finished")]
    public async Task Contents_that_do_not_fit_are_refused(string was, string becomes, string told)
    {
        await ExportAsync();

        await ChangedArchive.WriteAsync(Archive, ChangedArchive.Contents(was, becomes));

        (await RefusedAsync()).ShouldContain(told);
    }

    [Fact]
    public async Task A_machine_with_media_in_its_drives_is_refused()
    {
        await ExportAsync();

        await ChangedArchive.WriteAsync(
            Archive,
            ChangedArchive.Contents("\"guest\": \"debian-13\"", "\"guest\": \"windows-server-2022\"")
        );

        (await RefusedAsync()).ShouldContain("has a machine with media in its drives");
    }

    [Fact]
    public async Task A_checkpoint_whose_name_leads_out_is_refused()
    {
        await new HostCheckpoints(Sample.Services).CreateAsync(HostName.Default, "clean", Token);
        await ExportAsync();

        await ChangedArchive.WriteAsync(
            Archive,
            ChangedArchive.Contents("\"name\": \"clean\"", "\"name\": \"../../containerhost/host\"")
        );

        (await RefusedAsync()).ShouldContain("has a checkpoint without a name");
    }

    [Fact]
    public async Task A_disk_that_lies_on_a_file_of_this_machine_is_refused()
    {
        await ExportAsync();
        await ImportAsync(Other);
        await RealTool.RunAsync("qemu-img", "rebase", "-u", "-F", "raw", "-b", "/etc/shadow", Imported.BaseDisk);
        await new HostExporter(Sample.Services).ExportAsync(Other, In("evil.tar.gz"), Token);
        await new HostRemover(Sample.Services).RemoveAsync(Other, Token);
        File.Move(In("evil.tar.gz"), Archive, overwrite: true);

        (await RefusedAsync()).ShouldContain("it has a base.qcow2 that lies on");
    }

    [Fact]
    public async Task A_disk_for_data_goes_with_its_host_and_stands_by_itself()
    {
        await RealTool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", Sample.Host.DataDisk, "1M");
        await RealTool.RunAsync("qemu-io", "-f", "qcow2", "-c", "write -P 5 0 64k", Sample.Host.DataDisk);
        var machine = await MachineAsync(Sample.Host);
        machine = machine with { Spec = machine.Spec with { DataDisk = ByteSize.FromMiB(1) } };
        await MachineFile.SaveAsync(Sample.Host, machine, Token);
        await ExportAsync();

        await ImportAsync(Other);

        (
            await RealTool.RunAsync("qemu-io", "-r", "-f", "qcow2", "-c", "read -P 5 0 64k", Imported.DataDisk)
        ).ShouldNotContain("verification failed");
        (await MachineAsync(Imported)).Spec.DataDisk.ShouldBe(ByteSize.FromMiB(1));
        await RealTool.RunAsync("qemu-img", "rebase", "-u", "-F", "raw", "-b", "/etc/shadow", Imported.DataDisk);
        await new HostExporter(Sample.Services).ExportAsync(Other, In("evil.tar.gz"), Token);
        await new HostRemover(Sample.Services).RemoveAsync(Other, Token);
        File.Move(In("evil.tar.gz"), Archive, overwrite: true);
        (await RefusedAsync()).ShouldContain("it has a data.qcow2 that lies on");
    }

    [Fact]
    public async Task Archives_of_hosts_and_of_templates_are_told_apart()
    {
        await ExportAsync();
        var template = new ContainerHost.Hosts.Templates.TemplateImporter(Sample.Services);

        (
            await Should.ThrowAsync<UnusableFileException>(template.ImportAsync(Archive, Other, null, Token))
        ).Saw.ShouldContain("it is of a host, which the target Import takes");
    }

    private Task<long> ExportAsync() => new HostExporter(Sample.Services).ExportAsync(HostName.Default, Archive, Token);

    private Task<HostName> ImportAsync(HostName? name) =>
        new HostImporter(Sample.Services).ImportAsync(Archive, name, expiresAt: null, Token);

    private async Task<string> RefusedAsync()
    {
        var refused = await Should.ThrowAsync<UnusableFileException>(ImportAsync(Other));
        NothingIsThere();
        return refused.Saw;
    }

    private static void ShouldBeOursAlone(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, path);
    }

    private void NothingIsThere() => Directory.Exists(Imported.Path).ShouldBeFalse();

    private HostState StateOf(HostName name) => Sample.Services.Store.Load(name)!;

    private static Task<QemuMachine> MachineAsync(HostFolder host) => MachineFile.NeedAsync<QemuMachine>(host, Token);

    // What the base has, what the host wrote, and what neither has.
    private static async Task ShouldHaveItsDiskAsync(HostFolder host)
    {
        foreach (var read in (string[])["read -P 1 0 64k", "read -P 3 64k 64k", "read -P 0 1M 64k"])
            (await RealTool.RunAsync("qemu-io", "-f", "qcow2", "-c", read, host.Disk)).ShouldNotContain("failed");
        (await RealTool.RunAsync("qemu-img", "check", "-q", host.Disk)).ShouldBeEmpty();
    }
}
