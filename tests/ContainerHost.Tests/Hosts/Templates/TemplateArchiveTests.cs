using System.Formats.Tar;
using System.IO.Compression;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Archives;
using ContainerHost.Hosts.Templates;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Tests.Hosts.Archives;

namespace ContainerHost.Tests.Hosts.Templates;

public sealed class TemplateArchiveTests : FolderTest
{
    private static readonly HostName Other = TemplateSample.Named("other");

    private TemplateSample Sample => field ??= new TemplateSample(Folder);

    private string Archive => In("golden.tar.gz");

    [Fact]
    public async Task What_was_exported_is_imported_as_it_was_and_on_its_own_disk()
    {
        RealTool.Require("qemu-img");
        await Sample.MakeAsync(disks: true);
        await new TemplateExporter(Sample.Services).ExportAsync(TemplateSample.Name, Archive, Token);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Archive).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Sample.Store.RemoveAsync(TemplateSample.Name, Token)).ShouldBeTrue();

        (await ImportAsync(Other)).ShouldBe(Other);

        var template = await Sample.Store.NeedAsync(Other, Token);
        template.Spec.Name.ShouldBe(Other);
        var folder = Sample.Store.FolderOf(Other);
        var memory = await File.ReadAllBytesAsync(folder.Memory, Token);
        (memory.Length, memory[700_000], memory.Sum(one => one)).ShouldBe((1 << 20, (byte)1, 1));
        FileStatus.RoomOf(new FileInfo(folder.Memory)).ShouldBeLessThan(1 << 20);
        (await File.ReadAllTextAsync(In("hosts", ".templates", "other", "kernel"), Token)).ShouldBe("a kernel");
        (await RealTool.RunAsync("qemu-img", "info", "--backing-chain", folder.Disk)).ShouldContain(folder.BaseDisk);
    }

    [Fact]
    public async Task One_that_is_off_is_carried_by_its_disks_alone()
    {
        RealTool.Require("qemu-img");
        var off = new TemplateSample(Folder) { IsFrozen = false };
        await off.MakeAsync(disks: true);
        await new TemplateExporter(off.Services).ExportAsync(TemplateSample.Name, Archive, Token);

        (await new TemplateImporter(off.Services).ImportAsync(Archive, Other, null, Token)).ShouldBe(Other);

        var template = await off.Store.NeedAsync(Other, Token);
        var disk = template.Boot.ShouldBeOfType<BaseDisk>();
        (disk.NeedsUefi, disk.OfTemplate, disk.Saved).ShouldBe((true, true, null));
        File.Exists(off.Store.FolderOf(Other).Memory).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_gets_an_archive_does_not_learn_where_it_was_made()
    {
        await ExportAsync();
        await using var packed = new GZipStream(File.OpenRead(Archive), CompressionMode.Decompress);
        await using var tar = new TarReader(packed);
        using var contents = new StreamReader((await tar.GetNextEntryAsync(copyData: true, Token))!.DataStream!);

        (await contents.ReadToEndAsync(Token)).ShouldNotContain(Folder);
    }

    [Fact]
    public async Task An_imported_template_goes_when_its_lifetime_ends()
    {
        RealTool.Require("qemu-img");
        await Sample.MakeAsync(disks: true);
        await ExportAgainAsync();

        await new TemplateImporter(Sample.Services).ImportAsync(Archive, Other, DateTimeOffset.UnixEpoch, Token);

        var ended = new ContainerHost.Hosts.Life.Leases(Sample.Services).Ended().ShouldHaveSingleItem();
        (ended.Name, ended.IsTemplate).ShouldBe((Other, true));
    }

    [Fact]
    public async Task A_template_and_its_disks_are_moved_together()
    {
        RealTool.Require("qemu-img");
        await Sample.MakeAsync(disks: true);
        await ExportAgainAsync();
        await ImportAsync(Other);
        Directory.Move(In("hosts"), In("elsewhere"));

        var moved = new HostFolder(In("elsewhere", ".templates", "other"));
        (await RealTool.RunAsync("qemu-img", "info", "--backing-chain", moved.Disk)).ShouldContain(moved.BaseDisk);
    }

    [Fact]
    public async Task Neither_an_archive_nor_a_template_is_written_over()
    {
        await ExportAsync();

        (await Should.ThrowAsync<InvalidInputException>(ExportAgainAsync())).Message.ShouldContain("is there already");
        (await Should.ThrowAsync<InvalidInputException>(ImportAsync(null))).Message.ShouldContain("'golden' is taken");
        File.Exists(Sample.Folder.Template).ShouldBeTrue();
    }

    [Fact]
    public async Task What_has_no_room_is_refused_before_anything_is_written()
    {
        await ExportAsync();
        var importer = new TemplateImporter(Sample.Services)
        {
            Unpacking = new Unpacking("a template", Sample.Services.Log) { FreeSpace = _ => 1 << 20 },
        };

        var refused = await Should.ThrowAsync<ContainerHostException>(
            importer.ImportAsync(Archive, Other, null, Token)
        );

        refused.Saw.ShouldContain("has 1048576 free");
        NothingIsThere();
    }

    [Fact]
    public async Task A_damaged_template_is_not_exported()
    {
        await Sample.MakeAsync();
        var changed = File.GetLastWriteTimeUtc(Sample.Folder.Memory);
        await File.WriteAllBytesAsync(Sample.Folder.Memory, new byte[1 << 20], Token);
        // As a disk damages files: its time tells nothing.
        File.SetLastWriteTimeUtc(Sample.Folder.Memory, changed);

        var refused = await Should.ThrowAsync<ContainerHostException>(ExportAgainAsync());

        refused.Saw.ShouldContain("memory is not the file that the template was made with");
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, "is empty, or no plain file")]
    [InlineData(300, "")]
    [InlineData(-100, "")]
    public async Task One_that_is_cut_off_leaves_nothing(int length, string told)
    {
        await ExportAsync();
        using (var file = new FileStream(Archive, FileMode.Open))
            file.SetLength(length < 0 ? file.Length / 2 : length);

        (await RefusedAsync()).ShouldContain(told);
    }

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        Put("golden.tar.gz", new string('x', 4096));

        (await RefusedAsync()).ShouldContain("is no archive of ours, or damaged");
    }

    [Fact]
    public async Task A_file_of_another_digest_is_refused() =>
        (
            await RefusedAsync(entry =>
                entry.Name == "machine.state" ? ChangedArchive.Entry("machine.state", "the_devices") : entry
            )
        ).ShouldContain("it has another machine.state than its digest says");

    [Fact]
    public async Task A_file_of_another_length_is_refused() =>
        (
            await RefusedAsync(entry => entry.Name == "memory" ? ChangedArchive.Entry("memory", "short") : entry)
        ).ShouldContain("it has 5 bytes of memory, not 1048576");

    [Theory]
    [InlineData("../../../etc/cron.d/evil")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("password")]
    [InlineData("base.qcow2")]
    public async Task Another_name_is_refused_wherever_it_leads(string name) =>
        (
            await RefusedAsync(entry => entry.Name == "disk.qcow2" ? ChangedArchive.Entry(name, "its overlay") : entry)
        ).ShouldContain($"it has '{name}' where disk.qcow2 should be");

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.Directory)]
    public async Task What_is_no_plain_file_is_refused(TarEntryType type) =>
        (
            await RefusedAsync(entry =>
            {
                if (entry.Name != "memory")
                    return entry;
                var other = new PaxTarEntry(type, "memory");
                if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                    other.LinkName = "/etc/shadow";
                return other;
            })
        ).ShouldContain($"it has a {type}, 'memory', where memory should be");

    [Theory]
    [InlineData("\"schemaVersion\": 1,\n  \"name\"", "\"schemaVersion\": 9,\n  \"name\"", "has format 9, newer than 1")]
    [InlineData("\"name\": \"initrd\"", "\"name\": \"../evil\"", "does not have the files base.qcow2, disk.qcow2")]
    [InlineData("\"name\": \"disk.qcow2\"", "\"name\": \"memory\"", "does not have the files base.qcow2, disk.qcow2")]
    [InlineData("\"size\": 11,", "\"size\": -1,", "has -1 bytes of")]
    [InlineData("\"size\": 1048576,", "\"size\": 9048576,", "has 9048576 bytes of memory for a machine of 1 MiB")]
    public async Task Contents_that_do_not_fit_are_refused(string was, string becomes, string told) =>
        (await RefusedAsync(ChangedArchive.Contents(was, becomes))).ShouldContain(told);

    [Fact]
    public async Task More_than_the_contents_name_is_refused() =>
        (await RefusedAsync(entry => entry, ChangedArchive.Entry("memory", "again"))).ShouldContain(
            "it has 'memory' too, which its contents do not name"
        );

    [Fact]
    public async Task A_disk_that_lies_on_a_file_of_this_machine_is_refused()
    {
        RealTool.Require("qemu-img");
        await Sample.MakeAsync(disks: true);
        await RealTool.RunAsync("qemu-img", "create", "-q", "-f", "raw", In("secret"), "1M");
        string[] words = ["rebase", "-u", "-f", "qcow2", "-F", "raw", "-b", In("secret"), Sample.Folder.BaseDisk];
        await RealTool.RunAsync("qemu-img", words);
        await CheckedFile.RecordAsync(Sample.Folder.BaseDisk, Token);
        await ExportAgainAsync();

        (await RefusedAsync()).ShouldContain("it has a base.qcow2 that lies on");
    }

    private async Task ExportAsync()
    {
        await Sample.MakeAsync();
        await ExportAgainAsync();
    }

    private Task<long> ExportAgainAsync() =>
        new TemplateExporter(Sample.Services).ExportAsync(TemplateSample.Name, Archive, Token);

    private Task<HostName> ImportAsync(HostName? name) =>
        new TemplateImporter(Sample.Services).ImportAsync(Archive, name, expiresAt: null, Token);

    private async Task<string> RefusedAsync(Func<TarEntry, TarEntry> change, params TarEntry[] more)
    {
        await ExportAsync();
        await ChangedArchive.WriteAsync(Archive, change, more);
        return await RefusedAsync();
    }

    private async Task<string> RefusedAsync()
    {
        var refused = await Should.ThrowAsync<UnusableFileException>(ImportAsync(Other));
        NothingIsThere();
        return refused.Saw;
    }

    private void NothingIsThere() => Directory.Exists(In("hosts", ".templates", "other")).ShouldBeFalse();
}
