using Nuke.Common;
using Nuke.Common.ValueInjection;

namespace Build.Tests.ValueInjection;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("--owner", "--owner takes one value.")]
    [InlineData("--owner ann bob", "--owner takes one value.")]
    public void A_text_takes_exactly_one_value(string line, string told) =>
        Should.Throw<InputException>(() => Given.Line(line).Order.Owner).Message.ShouldBe(told);

    [Fact]
    public void A_secret_stays_out_of_the_problem_it_makes() =>
        Should
            .Throw<InputException>(() => Given.Line("--filling 12ab").Order.Filling)
            .Message.ShouldBe("The value of --filling is no choice.");

    [Theory]
    [InlineData("{", "file.json is no valid JSON")]
    [InlineData("[]", "file.json must be a JSON object")]
    [InlineData("""{ "A": {} }""", "'A' in file.json")]
    public void A_broken_file_is_told_by_name(string json, string told) =>
        Should.Throw<InputException>(() => new ParametersFile("file.json", json)).Message.ShouldContain(told);

    [Fact]
    public void A_parameter_that_the_build_itself_declares_is_refused() =>
        Should
            .Throw<BuildDefinitionException>(() => ParameterMember.Of(typeof(OwnParameter)))
            .Message.ShouldBe("The parameter 'Mine' must be a text, a boolean or a choice, declared by a component.");

    private sealed class OwnParameter : NukeBuild
    {
        [Parameter]
        public string? Mine { get; }
    }
}
