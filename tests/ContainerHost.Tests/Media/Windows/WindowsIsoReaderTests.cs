using ContainerHost.Errors;
using ContainerHost.Media.Discs;
using ContainerHost.Media.Windows;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Media.Windows;

/// <summary>Media made by other people's tools, opened by ours.</summary>
public sealed class WindowsIsoReaderTests : FolderTest
{
    [Theory]
    [InlineData("UDF", "-udf", "-J")]
    [InlineData("ISO 9660 with Joliet", "-iso-level", "3", "-J")]
    [InlineData("ISO 9660", "-iso-level", "4")]
    public async Task The_images_of_a_medium_are_read_from_the_best_of_its_file_systems(
        string fileSystem,
        params string[] options
    )
    {
        var path = await MakeAsync(TestMedium.Server2022, options);
        using (var disc = DiscImage.Open(path))
            disc.FileSystem.ShouldBe(fileSystem);
        var iso = WindowsIsoReader.Read(path);

        iso.WimPath.ShouldBe("sources/install.wim");
        iso.Images.Select(image => (image.Index, image.Name, image.EditionId, image.Build, image.Language))
            .ShouldBe([
                (1, "Windows Server 2022 SERVERSTANDARDCORE", "ServerStandardEval", 20348, "en-US"),
                (2, "Windows Server 2022 SERVERSTANDARD", "ServerStandardEval", 20348, "en-US"),
                (3, "Windows Server 2022 SERVERDATACENTERCORE", "ServerDatacenterEval", 20348, "en-US"),
                (4, "Windows Server 2022 SERVERDATACENTER", "ServerDatacenterEval", 20348, "en-US"),
            ]);
    }

    [Theory]
    [InlineData(WindowsEdition.ServerStandardCore, 1)]
    [InlineData(WindowsEdition.ServerStandard, 2)]
    [InlineData(WindowsEdition.ServerDatacenterCore, 3)]
    [InlineData(WindowsEdition.ServerDatacenter, 4)]
    internal async Task An_edition_is_found_by_what_it_is_and_not_by_its_name(WindowsEdition edition, int index)
    {
        var german = TestMedium.Server2022.Select(one =>
            (one.Name.Replace("SERVER", "", StringComparison.Ordinal), one.Edition, one.Type)
        );
        IndexOf(await MakeAsync(german, "-udf"), edition).ShouldBe(index);
    }

    [Fact]
    public async Task An_edition_that_is_not_there_lists_those_that_are()
    {
        var path = await MakeAsync(TestMedium.Server2022.Take(2), "-udf");
        var error = Should.Throw<ContainerHostException>(() => IndexOf(path, WindowsEdition.ServerDatacenter));
        error.Saw.ShouldContain("1: Windows Server 2022 SERVERSTANDARDCORE");
        error.Saw.ShouldContain("2: Windows Server 2022 SERVERSTANDARD (");
        error.Try.ShouldContain("--edition");
    }

    [Fact]
    public async Task An_edition_without_eval_in_its_id_is_one_too()
    {
        var path = await MakeAsync([("Windows Server 2022 Datacenter", "ServerDatacenter", "Server Core")], "-udf");
        IndexOf(path, WindowsEdition.ServerDatacenterCore).ShouldBe(1);
    }

    [Theory]
    [InlineData("ServerDatacenterCor")]
    [InlineData("ServerDatacenterEvalCor")]
    public async Task An_edition_whose_id_says_core_too_is_one(string id)
    {
        var path = await MakeAsync([("Windows Server 2025 SERVERDATACENTERCORE", id, "Server Core")], "-udf");
        IndexOf(path, WindowsEdition.ServerDatacenterCore).ShouldBe(1);
    }

    [Fact]
    public async Task Media_of_another_language_are_refused_by_its_name()
    {
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022, language: "fr-FR");
        var path = await TestMedium.MakeIsoAsync(Folder, tree, "-udf");
        Should
            .Throw<ContainerHostException>(() => IndexOf(path, WindowsEdition.ServerDatacenterCore))
            .Saw.ShouldContain("is fr-FR; guests are set up from English media");
    }

    [Fact]
    public async Task Images_for_other_processors_are_refused()
    {
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022, architecture: "12");
        var path = await TestMedium.MakeIsoAsync(Folder, tree, "-udf");
        Should
            .Throw<ContainerHostException>(() => IndexOf(path, WindowsEdition.ServerDatacenterCore))
            .Saw.ShouldContain("architecture 12");
    }

    [Fact]
    public async Task A_medium_without_windows_tells_what_it_has_instead()
    {
        Put("tree/debian.txt", "x");
        Directory.CreateDirectory(In("tree", "live"));
        var path = await TestMedium.MakeIsoAsync(Folder, In("tree"), "-J", "-r");
        Failure(path)
            .ShouldContain("it has no sources/install.wim; its root has debian.txt, live (ISO 9660 with Joliet)");
    }

    [Fact]
    public async Task A_medium_that_no_machine_of_generation_2_starts_from_is_refused()
    {
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022);
        Directory.Delete(Path.Combine(tree, "efi"), recursive: true);
        Failure(await TestMedium.MakeIsoAsync(Folder, tree, "-udf")).ShouldContain("bootx64.efi");
    }

    [Fact]
    public async Task A_wim_that_is_none_is_refused()
    {
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022);
        File.WriteAllBytes(Path.Combine(tree, "sources", "install.wim"), new byte[4096]);
        Failure(await TestMedium.MakeIsoAsync(Folder, tree, "-udf")).ShouldBe("it is no WIM file");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(40_000)]
    [InlineData(530_000)]
    public async Task A_medium_that_is_cut_short_or_no_medium_at_all_is_an_error(int length)
    {
        var path = await MakeAsync(TestMedium.Server2022, "-udf");
        await using (var file = File.OpenWrite(path))
            file.SetLength(length);
        Failure(path).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Damage_anywhere_is_an_error_or_harmless_and_never_a_crash()
    {
        var path = await MakeAsync(TestMedium.Server2022, "-udf");
        var whole = await File.ReadAllBytesAsync(path, Token);
        var random = new Random(20221);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var hit = 0; hit < 8; hit++)
                damaged[random.Next(16 * 2048, damaged.Length)] = (byte)random.Next(256);
            // The descriptors and folders lie at the front; hit them more often than chance would.
            for (var hit = 0; hit < 4; hit++)
                damaged[random.Next(256 * 2048, 300 * 2048)] = (byte)random.Next(256);
            await File.WriteAllBytesAsync(path, damaged, Token);
            try
            {
                WindowsIsoReader.Read(path);
            }
            catch (ContainerHostException told)
            {
                told.Saw.ShouldNotBeEmpty();
            }
        }
    }

    private static int IndexOf(string path, WindowsEdition edition) =>
        WindowsIsoReader.Find(WindowsIsoReader.Read(path), path, edition).Index;

    private static string Failure(string path) =>
        Should.Throw<ContainerHostException>(() => WindowsIsoReader.Read(path)).Saw;

    private async Task<string> MakeAsync(
        IEnumerable<(string Name, string Edition, string Type)> images,
        params IReadOnlyList<string> options
    ) => await TestMedium.MakeIsoAsync(Folder, await TestMedium.MakeTreeAsync(Folder, images), options);
}
