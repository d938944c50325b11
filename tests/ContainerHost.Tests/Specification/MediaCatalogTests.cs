using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class MediaCatalogTests : FolderTest
{
    private const string Medium =
        """{ "guest": "windows-server-lab", "title": "Ours", "url": "https://x.example/a.iso", "sha256": "DIGEST", "terms": "https://x.example/terms" }""";

    private const string Image =
        """{ "guest": "lab-13", "title": "Ours", "image": "https://x.example/lab.qcow2", "sha256": "DIGEST" }""";

    [Fact]
    public void The_catalogue_that_comes_with_the_library_is_whole()
    {
        var problems = new List<string>();
        var ours = Put("catalog.json", EmbeddedText.Load("Specification.windows-media.json"));
        MediaCatalog.Read(ours, problems).Media.Count.ShouldBe(4);
        problems.ShouldBeEmpty();
        MediaCatalog.Own.Find("windows-server-2022")!.FileName.ShouldBe("SERVER_EVAL_x64FRE_en-us.iso");
        MediaCatalog.Own.Media.ShouldAllBe(medium => medium.Url.Scheme == "https" && medium.Terms.Scheme == "https");
    }

    [Fact]
    public void A_catalogue_of_the_users_adds_guests_and_takes_the_place_of_ours()
    {
        var mine = Write([Entry(Medium), Entry(Medium, "windows-server-lab", "windows-server-2022")], [Entry(Image)]);
        var problems = new List<string>();
        var catalog = MediaCatalog.Read(mine, problems);
        problems.ShouldBeEmpty();
        string[] guests = ["2016", "2019", "2022", "2025", "lab"];
        catalog
            .Media.Select(medium => medium.Guest)
            .ShouldBe(guests.Select(guest => $"windows-server-{guest}"), ignoreOrder: true);
        catalog.Find("WINDOWS-SERVER-2022")!.Title.ShouldBe("Ours");
        catalog.FindImage("LAB-13")!.Image.ShouldBe("https://x.example/lab.qcow2");
    }

    [Fact]
    public void An_image_is_a_path_from_the_catalogue_on_or_an_address_with_a_digest_or_a_list_of_digests()
    {
        var path = Entry(Image, "\"sha256\": \"DIGEST\"", "\"sha256\": \"sha256:DIGEST\"");
        var mine = Write(
            [],
            [
                path.Replace("https://x.example/lab.qcow2", "images/lab.qcow2", StringComparison.Ordinal),
                Entry(Image.Replace("lab-13", "lab-14"), "\"sha256\": \"DIGEST\"", "\"digests\": \"../SHA256SUMS\""),
            ]
        );
        var images = MediaCatalog.Read(mine, []).Images;
        images[0].Image.ShouldBe(In("images", "lab.qcow2"));
        images[0].Sha256.ShouldBe(new string('a', 64));
        images[0].Published.ShouldBeNull();
        images[1]
            .Published.ShouldBe(new GuestSource.Vendor(new Uri("https://x.example/"), "lab.qcow2", "../SHA256SUMS"));
    }

    [Theory]
    [InlineData("windows-server-lab", "lab", "begins with windows-server-")]
    [InlineData("DIGEST", "abc", "64 hexadecimal digits")]
    [InlineData("\"Ours\"", "\"\"", "needs a title")]
    [InlineData("https://x.example/a.iso", "ftp://x.example/a.iso", "https:// or http://")]
    [InlineData("https://x.example/a.iso", "a.iso", "https:// or http://")]
    [InlineData("https://x.example/terms", "terms", "licence terms")]
    [InlineData("\"title\"", "\"size\": 1.5, \"title\"", "a whole number above zero")]
    [InlineData("\"title\"", "\"size\": 1e99, \"title\"", "a whole number above zero")]
    public void What_is_wrong_with_a_medium_is_told(string part, string instead, string told) =>
        Problems(Write([Entry(Medium, part, instead)], [])).Single().ShouldContain(told);

    [Theory]
    [InlineData("lab-13", "windows-server-lab", "is Windows by its id")]
    [InlineData("lab-13", "debian-12", "one of ContainerHost's own")]
    [InlineData("lab-13", "ubuntu-24.04", "one of ContainerHost's own")]
    [InlineData("lab-13", "../lab", "small letters, digits, dots and hyphens")]
    [InlineData("lab-13", "Lab", "small letters, digits, dots and hyphens")]
    [InlineData("\"guest\": \"lab-13\", ", "", "'guest' of images[0]")]
    [InlineData("\"Ours\"", "7", "'title' of images[0] must be a text, and is a number")]
    [InlineData("\"Ours\"", "null", "'title' of images[0] must be a text, and is null")]
    [InlineData("https://x.example/lab.qcow2", "ftp://x.example/lab.qcow2", "https:// or http://")]
    [InlineData("https://x.example/lab.qcow2", "https://x.example/", "the address of a file")]
    [InlineData("https://x.example/lab.qcow2", "", "must be a path")]
    [InlineData("\"https://x.example/lab.qcow2\"", "[]", "must be a text, and is a list")]
    [InlineData("DIGEST", "abc", "either 'sha256'")]
    [InlineData(
        "https://x.example/lab.qcow2\", \"sha256\": \"DIGEST",
        "lab.qcow2\", \"sha256\": \"abc",
        "'sha256' of images[0] must be"
    )]
    [InlineData("DIGEST\"", "DIGEST\", \"digests\": \"SHA256SUMS\"", "either 'sha256'")]
    [InlineData("\"title\"", "\"tittle\": \"x\", \"title\"", "Did you mean 'title'?")]
    [InlineData("\"title\"", "\"title\": \"Again\", \"title\"", "'title' twice")]
    public void What_is_wrong_with_an_image_is_told(string part, string instead, string told)
    {
        var problems = Problems(Write([], [Entry(Image, part, instead)]));

        problems.ShouldContain(problem => problem.Contains(told, StringComparison.Ordinal));
        problems.ShouldAllBe(problem => problem.StartsWith("--catalog '", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ half", "it is no JSON from line 1, byte 3 on")]
    [InlineData("", "empty, or no plain file")]
    [InlineData("[]", "the file must be an object, and is a list")]
    [InlineData("null", "the file must be an object, and is null")]
    [InlineData("""{ "schemaVersion": 2, "media": [] }""", "it must have schemaVersion 1")]
    [InlineData("""{ "schemaVersion": "1", "media": [] }""", "'schemaVersion' of the file must be a number")]
    [InlineData("""{ "schemaVersion": 1 }""", "a list 'images' of Linux")]
    [InlineData("""{ "schemaVersion": 1, "media": null }""", "'media' of the file must be a list, and is null")]
    [InlineData("""{ "schemaVersion": 1, "media": {} }""", "'media' of the file must be a list, and is an object")]
    [InlineData("""{ "schemaVersion": 1, "media": [null] }""", "media[0] must be an object, and is null")]
    [InlineData("""{ "schemaVersion": 1, "images": [null, 7] }""", "images[1] must be an object, and is a number")]
    [InlineData("""{ "schemaVersion": 1, "images": [[]] }""", "images[0] must be an object, and is a list")]
    [InlineData("""{ "schemaVersion": 1, "image": [] }""", "Did you mean 'images'?")]
    public void A_file_that_is_no_catalogue_is_told(string text, string told) =>
        Problems(Put("catalog.json", text)).ShouldContain(problem => problem.Contains(told, StringComparison.Ordinal));

    [Fact]
    public void A_guest_that_stands_there_twice_is_told() =>
        Problems(Write([], [Entry(Image), Entry(Image)]))
            .Single()
            .ShouldContain("the guest 'lab-13' stands in it 2 times");

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Problems("/no/such.json").Single().ShouldContain("there is no such file");

    [Fact]
    public void A_pipe_is_told_since_it_can_be_read_once_only()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes with names are Linux's");
        using var make = System.Diagnostics.Process.Start("mkfifo", [In("pipe")]);
        make.WaitForExit();

        Problems(In("pipe")).Single().ShouldContain("no plain file");
    }

    [Fact]
    public void A_guest_of_the_catalogue_is_asked_for_by_name_kept_and_found_again()
    {
        var catalog = Write([], [Entry(Image)]);
        var spec = new HostRequest { ["guest"] = "lab-13", ["catalog"] = catalog }.ToSpec();
        (spec.Guest.Title, spec.Guest.Family, spec.Catalog).ShouldBe(("Ours", GuestFamily.Debian, catalog));

        var kept = JsonSerializer.Deserialize<HostSpec>(
            JsonSerializer.Serialize(spec, SpecificationJson.Options),
            SpecificationJson.Options
        )!;
        kept.Guest.Family.ShouldBe(GuestFamily.Debian);
        new HostRequest { ["memory"] = "3GiB" }
            .ToSpec(kept)
            .Guest.Id.ShouldBe("lab-13");

        File.Delete(catalog);
        new HostRequest().ToSpec(kept).Guest.Id.ShouldBe("lab-13", "the host is there");
        Should
            .Throw<InvalidInputException>(() =>
                new HostRequest { ["guest"] = "lab-13", ["catalog"] = catalog }.ToSpec()
            )
            .Problems.ShouldContain(problem => problem.Contains("there is no such file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_the_catalogue_names_and_that_is_not_there_is_told_when_its_guest_is_asked_for()
    {
        var catalog = Write([], [Entry(Image, "https://x.example/lab.qcow2", "no-such.qcow2")]);
        new HostRequest { ["catalog"] = catalog }
            .ToSpec()
            .Guest.Id.ShouldNotBe("lab-13");

        Should
            .Throw<InvalidInputException>(() =>
                new HostRequest { ["guest"] = "lab-13", ["catalog"] = catalog }.ToSpec()
            )
            .Problems.Single()
            .ShouldContain($"'{In("no-such.qcow2")}'");
    }

    private static List<string> Problems(string path)
    {
        var problems = new List<string>();
        MediaCatalog.Read(path, problems).ShouldBe(MediaCatalog.Own);
        return problems;
    }

    private static string Entry(string entry, string part = "DIGEST", string? instead = null) =>
        entry
            .Replace(part, instead ?? part, StringComparison.Ordinal)
            .Replace("DIGEST", new string('a', 64), StringComparison.Ordinal);

    private string Write(IEnumerable<string> media, IEnumerable<string> images) =>
        Put(
            "catalog.json",
            $$"""{ "$schema": "catalog.schema.json", "schemaVersion": 1, "media": [{{string.Join(',', media)}}], "images": [{{string.Join(',', images)}}] }"""
        );
}
