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
    public void A_path_that_is_not_rooted_is_refused() =>
        Should.Throw<ArgumentException>(() => (AbsolutePath)"somewhere").Message.ShouldContain("must be rooted");

    [Fact]
    public void A_closing_slash_makes_no_other_path()
    {
        AbsolutePath same = $"{Root}{Path.DirectorySeparatorChar}";

        (same == Root).ShouldBeTrue();
        same.GetHashCode().ShouldBe(Root.GetHashCode());
    }
}
