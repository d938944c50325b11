using ContainerHost.Proving.Archives;

namespace ContainerHost.Tests.Proving.Archives;

/// <summary>Tests that read archives of images.</summary>
public abstract class ArchiveTest : FolderTest
{
    internal Task<ArchivedImage> ReadAsync(byte[] archive, ArchiveLimits? limits = null) =>
        ImageArchive.ReadAsync(Put("image.tar", archive), "linux", Token, limits);

    internal Task<ArchivedImage> ReadAsync(Dictionary<string, byte[]> entries, ArchiveLimits? limits = null) =>
        ReadAsync(TestImage.Pack(entries), limits);

    internal async Task ShouldBeRefusedAsync(byte[] archive, string why, ArchiveLimits? limits = null) =>
        (await Should.ThrowAsync<BadArchiveException>(() => ReadAsync(archive, limits))).Message.ShouldContain(why);

    internal Task ShouldBeRefusedAsync(Dictionary<string, byte[]> entries, string why, ArchiveLimits? limits = null) =>
        ShouldBeRefusedAsync(TestImage.Pack(entries), why, limits);
}
