using Nuke.Common;
using Nuke.Common.ValueInjection;

namespace Build.Tests.ValueInjection;

public sealed class ProblemTests
{
    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var given = new Given
        {
            Arguments = ["--flavor", "x", "--flavour", "much"],
            Variables = new() { ["NUKE_CONE"] = "many" },
            Files = ["""{ "Ownr": "ann" }"""],
        };

        given.Problems.ShouldBe(
            [
                "There is no parameter '--flavor'. Did you mean '--flavour'?",
                "There is no parameter 'Ownr', which file0.json sets. Did you mean 'Owner'?",
                "'many' of environment variable NUKE_CONE is no boolean. Targets stand before the first parameter.",
                "'much' of --flavour is no choice. It is one of Vanilla, DarkChocolate.",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void A_value_given_with_an_equals_sign_is_told_how_to_write_it() =>
        Given.Line("--owner=ann").Problems.Single().ShouldContain("write '--owner VALUE'");

    [Theory]
    [InlineData("--owner", "--owner needs a value.")]
    [InlineData("--owner ann bob", "takes one value, not 'ann bob'")]
    public void A_parameter_takes_exactly_one_value(string line, string told) =>
        Given.Line(line).Problems.Single().ShouldContain(told);

    [Theory]
    [InlineData("--filling 12ab")]
    [InlineData("--recipe 12ab 34cd")]
    public void A_secret_stays_out_of_the_problem_it_makes(string line)
    {
        var problem = Given.Line(line).Problems.Single();

        problem.ShouldContain(line.Split(' ')[0]);
        problem.ShouldNotContain("12ab");
    }

    [Fact]
    public void A_secret_in_a_file_is_refused() =>
        new Given { Files = ["""{ "Recipe": "more sugar" }"""] }.Problems.ShouldBe([
            "file0.json must not hold the secret 'Recipe'; set it in the environment.",
        ]);

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
