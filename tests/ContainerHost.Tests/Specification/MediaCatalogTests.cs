using System.Text.Json;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class MediaCatalogTests : FolderTest
{
    private const string Good =
        """{ "guest": "windows-server-lab", "title": "Ours", "url": "https://x.example/a.iso", "sha256": "DIGEST", "terms": "https://x.example/terms" }""";

    [Fact]
    public void The_catalogue_that_comes_with_the_library_is_whole()
    {
        var problems = new List<string>();
        var ours = Put("catalog.json", JsonSerializer.Serialize(MediaCatalog.Own, SpecificationJson.Options));
        MediaCatalog.Read(ours, problems).Media.Count.ShouldBe(4);
        problems.ShouldBeEmpty();
        MediaCatalog.Own.Find("windows-server-2022")!.FileName.ShouldBe("SERVER_EVAL_x64FRE_en-us.iso");
        MediaCatalog.Own.Media.ShouldAllBe(medium => medium.Url.Scheme == "https" && medium.Terms.Scheme == "https");
    }

    [Fact]
    public void A_catalogue_of_the_users_adds_guests_and_takes_the_place_of_ours()
    {
        var mine = Write(Entry(), Entry("windows-server-lab", "windows-server-2022"));
        var problems = new List<string>();
        var catalog = MediaCatalog.Read(mine, problems);
        problems.ShouldBeEmpty();
        string[] guests = ["2016", "2019", "2022", "2025", "lab"];
        catalog
            .Media.Select(medium => medium.Guest)
            .ShouldBe(guests.Select(guest => $"windows-server-{guest}"), ignoreOrder: true);
        catalog.Find("WINDOWS-SERVER-2022")!.Title.ShouldBe("Ours");
    }

    [Theory]
    [InlineData("windows-server-lab", "lab", "begins with windows-server-")]
    [InlineData("DIGEST", "abc", "64 hexadecimal digits")]
    [InlineData("\"Ours\"", "\"\"", "needs a title")]
    [InlineData("https://x.example/a.iso", "ftp://x.example/a.iso", "https:// or http://")]
    [InlineData("https://x.example/a.iso", "a.iso", "https:// or http://")]
    [InlineData("https://x.example/terms", "terms", "licence terms")]
    public void What_is_wrong_with_an_entry_is_told(string part, string instead, string told) =>
        Problems(Write(Entry(part, instead))).Single().ShouldContain(told);

    [Theory]
    [InlineData("{ half")]
    [InlineData("[]")]
    [InlineData("""{ "schemaVersion": 2, "media": [] }""")]
    [InlineData("""{ "schemaVersion": 1 }""")]
    public void A_file_that_is_no_catalogue_is_told(string text) =>
        Problems(Put("catalog.json", text)).Single().ShouldContain("--catalog");

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Problems("/no/such.json").Single().ShouldContain("there is no such file");

    private static List<string> Problems(string path)
    {
        var problems = new List<string>();
        MediaCatalog.Read(path, problems).ShouldBe(MediaCatalog.Own);
        return problems;
    }

    private static string Entry(string part = "DIGEST", string? instead = null) =>
        Good.Replace(part, instead ?? part, StringComparison.Ordinal)
            .Replace("DIGEST", new string('a', 64), StringComparison.Ordinal);

    private string Write(params IEnumerable<string> entries) =>
        Put("catalog.json", $$"""{ "schemaVersion": 1, "media": [{{string.Join(',', entries)}}] }""");
}
