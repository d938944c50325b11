using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Runtimes.Windows;

namespace ContainerHost.Tests.Runtimes.Windows;

public sealed class BaseImageTests : FolderTest
{
    private const string Manifest = """[{"Config":"abc.json","RepoTags":["lab/base:1"],"Layers":["l/layer.tar"]}]""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_archive_tells_its_image_and_its_build(bool packed)
    {
        var path = await WriteAsync(
            packed,
            ("manifest.json", Manifest),
            ("abc.json", """{"os":"windows","os.version":"10.0.20348.2700"}"""),
            ("l/layer.tar", "{not json")
        );
        (await BaseImage.ForAsync(path, 17763, Token)).ShouldBe(new BaseImage("lab/base:1", 20348));
    }

    [Fact]
    public async Task A_build_that_is_not_told_is_not_known()
    {
        var path = await WriteAsync(false, ("manifest.json", Manifest), ("abc.json", """{"os":"windows"}"""));
        (await BaseImage.ForAsync(path, 17763, Token)).Build.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"os":"linux"}""", "its image is for linux")]
    [InlineData("""{}""", "nobody knows what")]
    public async Task An_image_for_others_is_refused(string config, string told)
    {
        var path = await WriteAsync(false, ("manifest.json", Manifest), ("abc.json", config));
        (await FailAsync(path)).Saw.ShouldContain(told);
    }

    [Theory]
    [InlineData("manifest.json", "[]")]
    [InlineData("manifest.json", "[{}]")]
    [InlineData("other.json", "{}")]
    public async Task An_archive_of_something_else_is_refused(string name, string text)
    {
        var path = await WriteAsync(false, (name, text));
        (await FailAsync(path)).Try.ShouldContain("docker save");
    }

    [Fact]
    public Task A_file_that_is_no_archive_is_refused() => FailAsync(Put("image.tar", new string('x', 3000)));

    [Theory]
    [InlineData(17763, "mcr.microsoft.com/windows/nanoserver:ltsc2019")]
    [InlineData(20348, "mcr.microsoft.com/windows/nanoserver:ltsc2022")]
    [InlineData(26100, "mcr.microsoft.com/windows/nanoserver:ltsc2025")]
    public async Task Without_an_archive_nanoserver_of_the_hosts_build_is_taken(int build, string reference) =>
        (await BaseImage.ForAsync(null, build, Token)).Reference.ShouldBe(reference);

    [Fact]
    public async Task A_build_without_nanoserver_asks_for_an_image() =>
        (await FailAsync(null, 14393)).Try.ShouldContain("--base-image");

    [Fact]
    public async Task A_release_is_packed_anew_as_zip_with_its_files()
    {
        var tar = await WriteAsync(true, ("./bin/ctr.exe", "program"), ("LICENSE", "free"));
        var zip = In("new.zip");
        await ProgramArchive.PackAnewAsync(tar, zip, Token);
        await using var archive = await ZipFile.OpenReadAsync(zip, Token);
        var entries = archive.Entries.Select(entry => (entry.FullName, entry.Length));
        entries.ShouldBe([("bin/ctr.exe", 7L), ("LICENSE", 4L)]);
    }

    [Fact]
    public async Task Short_files_without_end_are_refused()
    {
        var text = new string(' ', 1_000_000);
        var path = await WriteAsync(true, [.. Enumerable.Range(0, 70).Select(at => ($"{at}.json", text))]);
        new FileInfo(path).Length.ShouldBeLessThan(1_000_000);

        (await FailAsync(path)).Saw.ShouldContain("64 MiB of short files");
    }

    private static Task<ContainerHostException> FailAsync(string? path, int build = 20348) =>
        Should.ThrowAsync<ContainerHostException>(BaseImage.ForAsync(path, build, Token));

    private async Task<string> WriteAsync(bool packed, params (string Name, string Text)[] files)
    {
        var path = In($"{Guid.NewGuid():N}.tar");
        await using var file = File.Create(path);
        await using var stream = packed ? new GZipStream(file, CompressionMode.Compress) : (Stream)file;
        await using var tar = new TarWriter(stream);
        foreach (var (name, text) in files)
        {
            var data = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var entry = new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data };
            await tar.WriteEntryAsync(entry, Token);
        }
        return path;
    }
}
