using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Copying;
using ContainerHost.Processes;
using ContainerHost.Progress;
using ContainerHost.Tests.Verification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Copying;

/// <summary>Files and folders in both directions, by the script that runs in guests.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CopierTests : FolderTest
{
    private const string Script = "Guests.Debian.files.py";

    // More than two of the pieces that are sent.
    private static readonly byte[] Large = RandomNumberGenerator.GetBytes((9 << 20) + 7);

    private readonly LocalGuest _guest = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_comes_whole_with_its_rights(bool into)
    {
        File.SetUnixFileMode(Put("from/large", Large), (UnixFileMode)0b111_101_000);

        var report = await CopyAsync(into, In("from", "large"), In("to"));

        (report.Files, report.Bytes, report.To).ShouldBe((1, Large.Length, In("to")));
        (await File.ReadAllBytesAsync(In("to"), Token)).ShouldBe(Large);
        File.GetUnixFileMode(In("to")).ShouldBe((UnixFileMode)0b111_101_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_comes_with_all_that_is_in_it_and_its_links_are_told(bool into)
    {
        Put("from/site/a b/it's", "one");
        Put("from/site/.hidden", "");
        Put("from/site/größe", "three");
        Directory.CreateDirectory(In("from", "site", "empty"));
        File.CreateSymbolicLink(In("from", "site", "link"), "/etc/passwd");
        await RealTool.RunAsync("mkfifo", In("from", "site", "pipe"));
        Directory.CreateDirectory(In("to"));

        var report = await CopyAsync(into, In("from", "site") + "/", In("to"));

        report.To.ShouldBe(In("to", "site"));
        report.Others.Order().ShouldBe(["link", "pipe"]);
        (Read("to/site/a b/it's"), Read("to/site/.hidden"), Read("to/site/größe")).ShouldBe(("one", "", "three"));
        Directory.Exists(In("to", "site", "empty")).ShouldBeTrue();
        Directory.GetFileSystemEntries(In("to", "site")).Length.ShouldBe(4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_copy_goes_on(bool into)
    {
        Put("from/large", Large);
        // Looks, and the first piece.
        _guest.BreaksAfter = into ? 4 : 2;
        await Should.ThrowAsync<IOException>(() => CopyAsync(into, In("from", "large"), In("to")));
        File.Exists(In("to")).ShouldBeFalse();
        new FileInfo(Directory.GetFiles(Folder, ".to.*.part").ShouldHaveSingleItem()).Length.ShouldBe(4 << 20);
        _guest.BreaksAfter = null;
        _guest.Actions.Clear();

        await CopyAsync(into, In("from", "large"), In("to"));

        (await File.ReadAllBytesAsync(In("to"), Token)).ShouldBe(Large);
        _guest.Actions.Count(action => action is "read" or "write").ShouldBe(2);
        Directory.GetFiles(Folder, ".to.*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_part_is_found_and_removed(bool into)
    {
        Put("from/file", "right");
        var digest = Convert.ToHexStringLower(SHA256.HashData("right"u8));
        Put($".to.{digest[..16]}.part", "wro");

        var damaged = await Should.ThrowAsync<ContainerHostException>(() =>
            CopyAsync(into, In("from", "file"), In("to"))
        );

        damaged.Saw.ShouldContain(digest);
        (await CopyAsync(into, In("from", "file"), In("to"))).Files.ShouldBe(1);
        Read("to").ShouldBe("right");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_there_with_other_content_is_overwritten_by_force_alone(bool into)
    {
        Put("from/site/same", "same");
        Put("from/site/other", "new");
        Put("from/site/more", "more");
        Put("to/site/same", "same");
        Put("to/site/other", "old");

        var refused = await Should.ThrowAsync<InvalidInputException>(() =>
            CopyAsync(into, In("from", "site"), In("to"))
        );

        refused.Message.ShouldContain("(other); --force overwrites it");
        File.Exists(In("to", "site", "more")).ShouldBeFalse();
        var report = await CopyAsync(into, In("from", "site"), In("to"), force: true);
        (report.Files, report.Unchanged, Read("to/site/other")).ShouldBe((2, 1, "new"));
        (await CopyAsync(into, In("from", "site"), In("to"))).Files.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_in_a_files_place_is_replaced_by_force_alone_and_a_folder_never(bool into)
    {
        Put("from/site/name", "new");
        Directory.CreateDirectory(In("to", "site"));
        File.CreateSymbolicLink(In("to", "site", "name"), Put("else", "old"));

        (
            await Should.ThrowAsync<InvalidInputException>(() => CopyAsync(into, In("from", "site"), In("to")))
        ).Message.ShouldContain("(name); --force overwrites it");
        await CopyAsync(into, In("from", "site"), In("to"), force: true);
        (Read("to/site/name"), Read("else")).ShouldBe(("new", "old"));

        Put("from/site/folder", "a file");
        Directory.CreateDirectory(In("to", "site", "folder"));
        (
            await Should.ThrowAsync<InvalidInputException>(() =>
                CopyAsync(into, In("from", "site"), In("to"), force: true)
            )
        ).Message.ShouldContain("a folder in a file's place, or the other way round (folder)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_backslash_is_a_letter_of_a_name(bool into)
    {
        const string name = @"dev-disk-by\x2dlabel.mount";
        Put($"from/units/{name}", "unit");
        Directory.CreateDirectory(In("to"));

        await CopyAsync(into, In("from", "units"), In("to"));
        await CopyAsync(into, In("from", "units", name), In("to"));

        (Read($"to/units/{name}"), Read($"to/{name}")).ShouldBe(("unit", "unit"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_not_there_and_what_does_not_fit_is_refused(bool into)
    {
        Put("from/site/file", "1");
        Put("file", "2");

        (
            await Should.ThrowAsync<InvalidInputException>(() => CopyAsync(into, In("nothing"), In("to")))
        ).Message.ShouldContain("there is no");
        (
            await Should.ThrowAsync<InvalidInputException>(() => CopyAsync(into, "/dev/null", In("to")))
        ).Message.ShouldContain("neither a file nor a folder");
        (
            await Should.ThrowAsync<InvalidInputException>(() =>
                CopyAsync(into, In("from", "site"), In("file"), force: true)
            )
        ).Message.ShouldContain("is no folder");
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("a/../../escaped")]
    [InlineData("/etc/escaped")]
    [InlineData("a\nb")]
    [InlineData("file", "../../escaped/../../escaped/../../escaped/../../escaped/escaped1")]
    public async Task A_guest_that_names_files_elsewhere_is_refused(string name, string? digest = null)
    {
        var tree = System.Text.Json.JsonSerializer.Serialize(
            new
            {
                kind = "Folder",
                files = new[]
                {
                    new
                    {
                        path = name,
                        size = 1,
                        mode = 420,
                        sha256 = digest ?? new string('0', 64),
                    },
                },
                folders = Array.Empty<string>(),
                others = Array.Empty<string>(),
            }
        );
        var liar = new GuestSide(new FakeGuestShell(_ => new CommandResult(0, tree, "")), Script);
        var copier = new Copier(
            liar,
            new LocalSide(),
            Logger.None,
            TimeProvider.System,
            new ProgressBoard(TimeProvider.System),
            "web"
        );

        var refused = await Should.ThrowAsync<ContainerHostException>(() =>
            copier.CopyAsync("/srv", In("to"), overwrite: true, Token)
        );

        refused.Saw.ShouldContain("cannot be one here");
        Directory.Exists(In("to")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_in_the_parts_place_is_not_followed_by_root()
    {
        Put("from/file", "content");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("content")));
        File.CreateSymbolicLink(In($".to.{digest[..16]}.part"), Put("victim", ""));

        await Should.ThrowAsync<ContainerHostException>(() => CopyAsync(into: true, In("from", "file"), In("to")));

        Read("victim").ShouldBe("");
    }

    private Task<CopyReport> CopyAsync(bool into, string from, string to, bool force = false)
    {
        IFileSide guest = new GuestSide(_guest, Script);
        IFileSide here = new LocalSide();
        return new Copier(
            into ? here : guest,
            into ? guest : here,
            Logger.None,
            TimeProvider.System,
            new ProgressBoard(TimeProvider.System),
            "web"
        ).CopyAsync(from, to, force, Token);
    }
}
