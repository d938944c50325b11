using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Templates;

namespace ContainerHost.Tests.Hosts.Templates;

public sealed class TemplateStoreTests : FolderTest
{
    private TemplateSample Sample => field ??= new TemplateSample(Folder);

    [Fact]
    public async Task A_whole_one_that_fits_is_used_and_listed()
    {
        await Sample.MakeAsync();

        (await Sample.Store.NeedAsync(TemplateSample.Name, Token)).Spec.Name.ShouldBe(TemplateSample.Name);

        var listed = (await new TemplateLister(Sample.Services).ListAsync(Token)).ShouldHaveSingleItem();
        listed.Problem.ShouldBeNull();
        listed.Runtime.ShouldBe("Containerd");
        listed.DiskUsage.ShouldBeGreaterThan(0);
        TemplateTable.Render([listed], DateTimeOffset.UnixEpoch.AddDays(3), width: null).ShouldContain("3 d");
    }

    [Theory]
    [InlineData("7.2.22", "9.2.0", "tcg", "QEMU 9.2.0, tcg")]
    [InlineData("7.2.22", "7.2.22", "kvm", "QEMU 7.2.22, kvm, processor")]
    public async Task Another_QEMU_or_accelerator_is_told_and_listed(
        string frozen,
        string here,
        string accelerator,
        string told
    )
    {
        await Sample.MakeAsync();
        Sample.Features = Sample.Features with { Name = $"QEMU {here}", Accelerator = accelerator };

        (await SeesAsync()).ShouldContain($"it was frozen by QEMU {frozen}, tcg, and here is {told}");

        var listed = (await new TemplateLister(Sample.Services).ListAsync(Token)).ShouldHaveSingleItem();
        listed.Problem!.ShouldContain("it was frozen by");
    }

    [Fact]
    public async Task One_that_is_off_fits_whatever_made_it_and_has_no_memory()
    {
        var off = new TemplateSample(Folder) { IsFrozen = false };
        await off.MakeAsync();
        off.Features = off.Features with { Name = "QEMU 9.2.0", Accelerator = "kvm" };

        var template = await off.Store.NeedAsync(TemplateSample.Name, Token);

        template.IsFrozen.ShouldBeFalse();
        (await new TemplateLister(off.Services).ListAsync(Token)).ShouldHaveSingleItem().Problem.ShouldBeNull();
        await File.AppendAllTextAsync(off.Folder.Disk, "more", Token);
        (
            await Should.ThrowAsync<ContainerHostException>(off.Store.NeedAsync(TemplateSample.Name, Token))
        ).Saw.ShouldContain($"{off.Folder.Disk} is not the file");
    }

    [Theory]
    [InlineData("base.qcow2")]
    [InlineData("disk.qcow2")]
    [InlineData("memory")]
    [InlineData("machine.state")]
    public async Task A_file_that_was_changed_cut_off_or_removed_is_named(string name)
    {
        await Sample.MakeAsync();
        var path = Path.Combine(Sample.Folder.Path, name);
        var content = await File.ReadAllBytesAsync(path, Token);

        await File.WriteAllBytesAsync(path, content[..^1], Token);
        (await SeesAsync()).ShouldContain($"{path} is not the file that the template was made with");

        content[^1] ^= 1;
        await File.WriteAllBytesAsync(path, content, Token);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        (await SeesAsync()).ShouldContain($"{path} is not the file that the template was made with");

        File.Delete(path);
        (await SeesAsync()).ShouldContain($"{path} is not the file that the template was made with");
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1,", "\"schemaVersion\": 2,", "has format 2, newer than 1")]
    [InlineData("\"hypervisor\"", "\"machine\"", "it lacks 'hypervisor'")]
    [InlineData("\"needsUefi\": false", "\"needsUefi\": true", "is of no disk that a machine begins from")]
    public async Task A_later_or_damaged_description_is_told(string was, string becomes, string told)
    {
        await Sample.MakeAsync();
        Sample.Edit(text => text.Replace(was, becomes, StringComparison.Ordinal));

        (await SeesAsync()).ShouldContain(told);
    }

    [Fact]
    public async Task One_that_is_cut_off_is_told()
    {
        await Sample.MakeAsync();
        Sample.Edit(text => text[..(text.Length / 2)]);

        (await SeesAsync()).ShouldContain("cut off");
    }

    [Fact]
    public async Task One_of_which_hosts_are_just_cloned_is_not_removed()
    {
        await Sample.MakeAsync();
        using (await Sample.Store.HoldAsync(TemplateSample.Name, Token))
            await Should.ThrowAsync<HostBusyException>(Sample.Store.RemoveAsync(TemplateSample.Name, Token));
        File.Exists(Sample.Folder.Template).ShouldBeTrue();

        (await Sample.Store.RemoveAsync(TemplateSample.Name, Token)).ShouldBeTrue();
        Directory.Exists(Sample.Folder.Path).ShouldBeFalse();
    }

    private async Task<string> SeesAsync() =>
        (await Should.ThrowAsync<ContainerHostException>(Sample.Store.NeedAsync(TemplateSample.Name, Token))).Saw;
}
