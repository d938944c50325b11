using System.Xml.Linq;
using Testing;

namespace Build.Tests.Testing;

/// <summary>What the end of a log says of a failure, from results as xunit.v3 writes them.</summary>
public sealed class FailureTextTests
{
    [Fact]
    public void A_short_message_is_whole_and_the_place_is_the_tests_own()
    {
        var told = FailureText.Of(Failed("passed[0] should be True\n    but was False\n"));

        told.ShouldBe(
            "\n  passed[0] should be True\n      but was False\n     at KilledBuildTests.A_run() in /x/tests/ContainerHost.EndToEnd/KilledBuildTests.cs:line 105"
        );
    }

    [Fact]
    public void A_long_one_keeps_its_beginning_and_its_end()
    {
        var told = FailureText.Of(Failed(string.Join('\n', Enumerable.Range(1, 1000)))).Split('\n');

        told.Length.ShouldBe(15);
        told[1..6].ShouldBe(["  1", "  2", "  3", "  4", "  ..."]);
        told[^2].ShouldBe("  1000");
    }

    [Fact]
    public void An_error_without_a_message_has_none() => FailureText.Of(new XElement("error")).ShouldBe("");

    private static XElement Failed(string message) =>
        new(
            "test",
            new XElement(
                "failure",
                new XElement("message", message),
                new XElement(
                    "stack-trace",
                    "   at Suite.RequireQemu() in /x/tests/ContainerHost.EndToEnd/Harness/Suite.cs:line 73\n"
                        + "   at KilledBuildTests.A_run() in /x/tests/ContainerHost.EndToEnd/KilledBuildTests.cs:line 105\n"
                        + "--- End of stack trace from previous location ---"
                )
            )
        );
}
