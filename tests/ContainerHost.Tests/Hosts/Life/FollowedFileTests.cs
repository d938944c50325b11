using ContainerHost.Hosts.Life;

namespace ContainerHost.Tests.Hosts.Life;

public sealed class FollowedFileTests : FolderTest
{
    private string Log => In("log");

    [Fact]
    public void The_last_lines_come_first_and_then_what_is_appended()
    {
        File.WriteAllText(Log, "one\ntwo\nthree\nfo");
        var file = new FollowedFile(Log, last: 2);

        file.Read().ShouldBe(["two", "three"]);
        file.Read().ShouldBeEmpty();
        File.AppendAllText(Log, "ur\nfive\nsi");
        file.Read().ShouldBe(["four", "five"]);
        file.End().ShouldBe("si");
        file.End().ShouldBeEmpty();
    }

    [Fact]
    public void Without_them_only_what_comes_is_told()
    {
        File.WriteAllText(Log, "one\n");
        var file = new FollowedFile(Log);

        file.Read().ShouldBeEmpty();
        File.AppendAllText(Log, "two\n");
        file.Read().ShouldBe(["two"]);
    }

    [Fact]
    public void A_letter_that_comes_in_two_parts_is_one()
    {
        byte[] letters = [.. "é\n"u8];
        File.WriteAllBytes(Log, letters[..1]);
        var file = new FollowedFile(Log, FollowedFile.All);
        file.Read().ShouldBeEmpty();

        using (var stream = new FileStream(Log, FileMode.Append))
            stream.Write(letters.AsSpan(1));

        file.Read().ShouldBe(["é"]);
    }

    [Fact]
    public void One_that_was_cut_is_read_from_its_beginning()
    {
        File.WriteAllText(Log, "a long line of another boot\nhalf");
        var file = new FollowedFile(Log, last: 10);
        file.Read().Count.ShouldBe(1);

        File.WriteAllText(Log, "new\n");

        file.Read().ShouldBe(["new"]);
    }

    [Fact]
    public void A_line_without_an_end_is_told_in_pieces_and_not_kept()
    {
        File.WriteAllText(Log, "");
        var file = new FollowedFile(Log);

        File.AppendAllText(Log, new string('x', 20_000));

        file.Read().Single().Length.ShouldBe(20_000);
        file.End().ShouldBeEmpty();
    }

    [Fact]
    public void One_that_is_not_there_yet_or_not_any_more_has_nothing_to_tell()
    {
        var file = new FollowedFile(Log, last: 10);
        file.Read().ShouldBeEmpty();

        File.WriteAllText(Log, "one\n");
        file.Read().ShouldBe(["one"]);
        File.Delete(Log);

        file.Read().ShouldBeEmpty();
    }

    [Fact]
    public void Of_several_each_is_named_where_its_lines_begin_and_one_that_comes_later_is_told_whole()
    {
        File.WriteAllText(In("a.log"), "one\ntwo\n");
        var files = new FollowedFiles(() => Directory.GetFiles(Folder).Order(), last: 1, isNamed: true);

        files.Read().ShouldBe(["==> a.log <==", "two"]);
        File.AppendAllText(In("a.log"), "three\n");
        files.Read().ShouldBe(["three"]);
        File.WriteAllText(In("b.log"), "first\nsecond\nthi");
        files.Read().ShouldBe(["==> b.log <==", "first", "second"]);
        File.AppendAllText(In("a.log"), "four\n");

        files.Read(end: true).ShouldBe(["==> a.log <==", "four", "==> b.log <==", "thi"]);
    }
}
