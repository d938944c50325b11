using ContainerHost.Machines.Screens;

namespace ContainerHost.Tests.Machines.Screens;

public sealed class LoaderPromptTests
{
    [Fact]
    public void A_dark_screen_is_blank() => LoaderPrompt.Look(Paint((_, _) => 30)).ShouldBe(ScreenKind.Blank);

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_line_of_text_at_the_top_is_the_prompt(int row) =>
        LoaderPrompt
            .Look(Paint((x, y) => y >= row && y < row + 12 && x < 330 && x % 3 == 0 ? 200 : 0))
            .ShouldBe(ScreenKind.Prompt);

    [Fact]
    public void A_logo_in_the_middle_is_not() =>
        LoaderPrompt
            .Look(Paint((x, y) => x is > 350 and < 450 && y is > 200 and < 300 ? 255 : 0))
            .ShouldBe(ScreenKind.Busy);

    [Fact]
    public void A_line_of_text_at_the_bottom_is_not() =>
        LoaderPrompt.Look(Paint((x, y) => y > 580 && x < 200 ? 255 : 0)).ShouldBe(ScreenKind.Busy);

    [Fact]
    public void A_desktop_is_not() => LoaderPrompt.Look(Paint((_, _) => 120)).ShouldBe(ScreenKind.Busy);

    [Fact]
    public void A_full_top_is_not() => LoaderPrompt.Look(Paint((_, y) => y < 100 ? 255 : 0)).ShouldBe(ScreenKind.Busy);

    [Fact]
    public void A_pixmap_is_read_as_qemu_writes_it()
    {
        var picture = ScreenPicture.FromPixmap([.. "P6\n2 1\n255\n"u8, 1, 2, 3, 4, 5, 6]);
        (picture.Width, picture.Height).ShouldBe((2, 1));
        picture.Row(0).ToArray().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Theory]
    [InlineData("P5\n2 1\n255\n")]
    [InlineData("P6\n2 1\n65535\n")]
    [InlineData("P6")]
    [InlineData("")]
    public void Other_pictures_are_refused(string start) =>
        Should.Throw<InvalidDataException>(() => ScreenPicture.FromPixmap(System.Text.Encoding.ASCII.GetBytes(start)));

    private static ScreenPicture Paint(Func<int, int, int> brightness)
    {
        var rgb = new byte[800 * 600 * 3];
        for (var at = 0; at < 800 * 600; at++)
            rgb.AsSpan(at * 3, 3).Fill((byte)brightness(at % 800, at / 800));
        return new ScreenPicture(800, 600, rgb);
    }
}
