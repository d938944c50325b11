using ContainerHost.Files;

namespace ContainerHost.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ch-atomic-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_write_replaces_the_file_and_leaves_nothing_beside_it()
    {
        var path = Path.Combine(_folder.FullName, "deeper", "file.txt");

        await AtomicFile.WriteTextAsync(path, "one", TestContext.Current.CancellationToken);
        await AtomicFile.WriteTextAsync(path, "two", TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("two");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public async Task A_failed_write_leaves_the_old_file_and_no_temporary_one()
    {
        var path = Path.Combine(_folder.FullName, "file.txt");
        await AtomicFile.WriteTextAsync(path, "old", TestContext.Current.CancellationToken);

        var write = AtomicFile.WriteTextAsync(path, "new", new CancellationToken(canceled: true));

        await Should.ThrowAsync<OperationCanceledException>(write);
        Directory.GetFiles(_folder.FullName).ShouldBe([path]);
        File.ReadAllText(path).ShouldBe("old");
    }

    [Fact]
    public async Task A_secret_is_readable_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix modes.");
        var path = Path.Combine(_folder.FullName, "secret");

        await AtomicFile.WriteTextAsync(path, "x", TestContext.Current.CancellationToken, secret: true);

#pragma warning disable CA1416 // Skipped on Windows above.
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
    }
}
