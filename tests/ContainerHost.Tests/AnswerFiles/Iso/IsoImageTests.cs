using System.Text;
using ContainerHost.AnswerFiles.Iso;

namespace ContainerHost.Tests.AnswerFiles.Iso;

/// <summary>Images of ours, read by other people's programs.</summary>
public sealed class IsoImageTests : FolderTest
{
    private static readonly DateTimeOffset Stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Xorriso_reads_label_names_and_contents_back()
    {
        IsoFile[] files =
        [
            new("meta-data", Encoding.UTF8.GetBytes("instance-id: 1\n")),
            new("user-data", RandomBytes(5000)),
            new("empty", ReadOnlyMemory<byte>.Empty),
            new("exactly-one-sector", RandomBytes(2048)),
        ];
        var image = Write(files);

        var told = await RealTool.RunAsync("xorriso", "-indev", image, "-pvd_info");
        told.ShouldContain("Volume Id    : cidata");
        var copy = In("copy");
        await RealTool.RunAsync("xorriso", "-osirrox", "on", "-indev", image, "-extract", "/", copy);

        Directory.GetFiles(copy).Select(Path.GetFileName).Order().ShouldBe(files.Select(file => file.Name).Order());
        foreach (var file in files)
            File.ReadAllBytes(Path.Combine(copy, file.Name)).ShouldBe(file.Content.ToArray(), file.Name);
    }

    [Fact]
    public async Task Isoinfo_reads_the_joliet_names_whole()
    {
        var image = Write([new("a-rather-long-name-that-iso-9660-alone-would-cut.yaml", "x"u8.ToArray())]);

        var names = await RealTool.RunAsync("isoinfo", "-J", "-f", "-i", image);

        names.Trim().ShouldBe("/a-rather-long-name-that-iso-9660-alone-would-cut.yaml");
    }

    [Fact]
    public void The_same_answers_make_the_same_bytes()
    {
        IsoFile[] files = [new("one", "1"u8.ToArray()), new("two", "2"u8.ToArray())];

        IsoImage.Write("cidata", files, Stamp).ShouldBe(IsoImage.Write("cidata", [.. files.Reverse()], Stamp));
    }

    [Fact]
    public void A_label_that_does_not_fit_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => IsoImage.Write("seventeen-letters", [], Stamp));

    private string Write(IReadOnlyList<IsoFile> files)
    {
        var path = In("image.iso");
        File.WriteAllBytes(path, IsoImage.Write("cidata", files, Stamp));
        return path;
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
