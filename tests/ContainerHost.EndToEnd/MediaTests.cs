using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Media.DebianImage;

namespace ContainerHost.EndToEnd;

/// <summary>The Debian image: built once by however many ask, and whole even after a build that was killed.</summary>
public sealed class MediaTests(Suite suite)
{
    [Fact]
    public async Task A_killed_image_build_leaves_nothing_and_two_that_ask_at_once_build_once()
    {
        var cache = suite.FolderOf("media");
        var lists = Directory.GetFiles(AptIndexes.OfMachine);
        using (var killed = suite.Start("DownloadIso", "media1", "--cache-directory", cache))
        {
            await killed.SeesAsync("installing essential packages", Token);
            await killed.KillAsync(Token);
        }

        using var one = suite.Start("DownloadIso", "media1", "--cache-directory", cache);
        using var two = suite.Start("DownloadIso", "media2", "--cache-directory", cache);
        BuildResult[] both = [await one.EndAsync(Token), await two.EndAsync(Token)];

        both.ShouldAllBe(result => result.ExitCode == ExitCodes.Success);
        both.Count(result => result.Text.Contains("Building the Debian image", StringComparison.Ordinal)).ShouldBe(1);
        var images = Directory.EnumerateDirectories(Path.Combine(cache, "images")).ToList();
        images.Count.ShouldBe(1);
        File.Exists(Path.Combine(images[0], "disk.raw.sha256")).ShouldBeTrue();
        Directory.GetFiles(AptIndexes.OfMachine).ShouldBe(lists, "this machine's own lists are none of the build's");
        Directory.Delete(cache, recursive: true);
    }
}
