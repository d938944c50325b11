using ContainerHost.Hosts;

namespace ContainerHost.Tests.Hosts;

public sealed class TextTableTests
{
    private static readonly string[] Headings = ["NAME", "FOUND", "FIX"];
    private static readonly string[] Row =
    [
        "qemu",
        "version 7.2 of the emulator for x86-64 guests",
        "apt-get install qemu",
    ];

    [Fact]
    public void Without_a_width_a_row_is_a_line() =>
        TextTable
            .Render(Headings, [Row], null)
            .ShouldBe(
                """
                NAME  FOUND                                          FIX
                qemu  version 7.2 of the emulator for x86-64 guests  apt-get install qemu
                """.ReplaceLineEndings("\n")
            );

    [Fact]
    public void Cells_that_do_not_fit_are_wrapped_by_words() =>
        TextTable
            .Render(Headings, [Row], 40)
            .ShouldBe(
                """
                NAME  FOUND             FIX
                qemu  version 7.2 of    apt-get install
                      the emulator for  qemu
                      x86-64 guests
                """.ReplaceLineEndings("\n")
            );

    [Fact]
    public void Words_stay_whole_while_others_can_be_wrapped() =>
        TextTable
            .Render(
                ["STATE", "ADDRESS", "CHECKED"],
                [
                    ["Running", "127.0.0.1:33449", "passed 2 min ago"],
                ],
                34
            )
            .ShouldBe(
                """
                STATE    ADDRESS          CHECKED
                Running  127.0.0.1:33449  passed 2
                                          min ago
                """.ReplaceLineEndings("\n")
            );

    [Theory]
    [InlineData(80)]
    [InlineData(50)]
    [InlineData(30)]
    public void No_line_is_longer_than_the_terminal_and_nothing_is_lost(int width)
    {
        string[] path = ["cache", "/a/path/without/blanks/that/is/longer/than/any/column/can/be/made", "see to it"];

        var text = TextTable.Render(Headings, [Row, path], width);

        text.Split('\n').ShouldAllBe(line => line.Length <= width);
        Letters(text).ShouldBe(Letters(string.Concat([.. Headings, .. Row, .. path])));
    }

    private static string Letters(string text) =>
        string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)).Order());
}
