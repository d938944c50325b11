using System.ComponentModel;
using Nuke.Common.IO;

namespace Build.Tests.IO;

public sealed class AbsolutePathTests
{
    private static readonly AbsolutePath Root = Path.GetTempPath();

    [Fact]
    public void A_slash_goes_down_and_dots_go_up()
    {
        ((string)(Root / "a" / "b")).ShouldBe(Path.Combine(Path.GetTempPath(), "a", "b"));
        (Root / "a" / "..").ShouldBe(Root);
        (Root / "a" / "b.txt").Parent.ShouldBe(Root / "a");
    }

    [Fact]
    public void Its_name_and_extension_come_apart()
    {
        var path = Root / "archive.tar.gz";

        path.Name.ShouldBe("archive.tar.gz");
        path.NameWithoutExtension.ShouldBe("archive.tar");
        path.Extension.ShouldBe(".gz");
        (Root / "a" + ".log").Name.ShouldBe("a.log");
    }

    [Fact]
    public void A_path_that_is_not_rooted_is_refused() =>
        Should.Throw<ArgumentException>(() => (AbsolutePath)"somewhere").Message.ShouldContain("must be rooted");

    [Fact]
    public void A_closing_slash_makes_no_other_path()
    {
        var same = (AbsolutePath)(Root + $"{Path.DirectorySeparatorChar}");

        (same == Root).ShouldBeTrue();
        same.GetHashCode().ShouldBe(Root.GetHashCode());
    }

    [Fact]
    public void A_text_converts_from_where_the_process_stands()
    {
        var path = TypeDescriptor.GetConverter(typeof(AbsolutePath)).ConvertFromInvariantString("sub");

        path.ShouldBe((AbsolutePath)Environment.CurrentDirectory / "sub");
    }

    [Fact]
    public void A_directory_is_made_emptied_and_deleted()
    {
        var directory = Root / $"path-tests-{Guid.NewGuid():N}";
        File.WriteAllText(directory.CreateDirectory() / "file", "text");
        (directory / "file").ReadAllText().ShouldBe("text");

        directory.CreateOrCleanDirectory();
        (directory / "file").FileExists().ShouldBeFalse();
        directory.DirectoryExists().ShouldBeTrue();

        directory.DeleteDirectory();
        directory.DeleteDirectory();
        directory.DirectoryExists().ShouldBeFalse();
    }
}
