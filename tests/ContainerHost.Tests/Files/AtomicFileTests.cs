using ContainerHost.Files;

namespace ContainerHost.Tests.Files;

public sealed class AtomicFileTests : FolderTest
{
    [Fact]
    public async Task A_write_replaces_the_file_and_leaves_nothing_beside_it()
    {
        var path = In("deeper", "file.txt");

        await AtomicFile.WriteTextAsync(path, "one", Token);
        await AtomicFile.WriteTextAsync(path, "two", Token);

        (await File.ReadAllTextAsync(path, Token)).ShouldBe("two");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public async Task A_failed_write_leaves_the_old_file_and_no_temporary_one()
    {
        var path = In("file.txt");
        await AtomicFile.WriteTextAsync(path, "old", Token);

        var write = AtomicFile.WriteTextAsync(path, "new", new CancellationToken(canceled: true));

        await Should.ThrowAsync<OperationCanceledException>(write);
        Directory.GetFiles(Folder).ShouldBe([path]);
        File.ReadAllText(path).ShouldBe("old");
    }

    [Fact]
    public async Task A_secret_is_readable_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix modes.");
        var path = In("secret");

        await AtomicFile.WriteTextAsync(path, "x", Token, secret: true);

#pragma warning disable CA1416 // Skipped on Windows above.
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
    }
}
