using ContainerHost.Machines.HyperV.Files;

namespace ContainerHost.HyperV.Tests.Templates;

/// <summary>Files of a template on this machine's own disk, by the means that a Hyper-V host's are kept with.</summary>
public sealed class SealedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sealed").FullName;

    private string Disk => Path.Combine(_folder, "template", "disk.vhdx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_is_read_only_known_by_its_digest_and_removed_with_its_folder()
    {
        var files = new WindowsFiles(computer: null);
        Directory.CreateDirectory(Path.GetDirectoryName(Disk)!);
        await File.WriteAllTextAsync(Disk, "a disk", Token);

        (await files.SealAsync(Disk, Token)).Length.ShouldBe(64);

        new FileInfo(Disk).IsReadOnly.ShouldBeTrue();
        (await files.LookAsync(Disk, Token)).IsWhole.ShouldBeTrue();
        new FileInfo(Disk).IsReadOnly = false;
        await File.WriteAllTextAsync(Disk, "another", Token);
        (await files.LookAsync(Disk, Token)).IsWhole.ShouldBeFalse();
        (await files.LookAsync($"{Disk}.gone", Token)).IsWhole.ShouldBeFalse();
        new FileInfo(Disk).IsReadOnly = true;
        await files.DeleteFolderAsync(Path.GetDirectoryName(Disk)!, Token);
        Directory.Exists(Path.GetDirectoryName(Disk)).ShouldBeFalse();
    }
}
