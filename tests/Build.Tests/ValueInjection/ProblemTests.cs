using Nuke.Common.ValueInjection;

namespace Build.Tests.ValueInjection;

public sealed class ProblemTests
{
    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var given = new Given
        {
            Arguments = ["--flavor", "x", "--price", "much"],
            Variables = new() { ["NUKE_COUNT"] = "many" },
            Files = ["""{ "Ownr": "ann" }"""],
        };

        var problems = given.For<IceCream>().Problems();

        problems.ShouldBe(
            [
                "There is no parameter '--flavor'. Did you mean '--flavour'?",
                "There is no parameter 'Ownr', which file0.json sets. Did you mean 'Owner'?",
                "'many' of environment variable NUKE_COUNT is no whole number.",
                "'much' of --price is no number.",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void A_value_given_with_an_equals_sign_is_told_how_to_write_it() =>
        Given.Line("--owner=ann").For<IceCream>().Problems().Single().ShouldContain("write '--owner VALUE'");

    [Theory]
    [InlineData("--owner", "--owner needs a value.")]
    [InlineData("--owner ann bob", "takes one value, not 'ann bob'")]
    public void A_parameter_takes_exactly_one_value(string line, string told) =>
        Given.Line(line).For<IceCream>().Problems().Single().ShouldContain(told);

    [Theory]
    [InlineData("--pin 12ab")]
    [InlineData("--pin 12ab 34cd")]
    public void A_secret_stays_out_of_the_problem_it_makes(string line)
    {
        var problem = Given.Line(line).For<IceCream>().Problems().Single();

        problem.ShouldContain("--pin");
        problem.ShouldNotContain("12ab");
    }

    [Fact]
    public void A_secret_in_a_file_is_refused() =>
        new Given { Files = ["""{ "Recipe": "more sugar" }"""] }
            .For<IceCream>()
            .Problems()
            .ShouldBe(["file0.json must not hold the secret 'Recipe'; set it in the environment."]);

    [Theory]
    [InlineData("{", "file.json is no valid JSON")]
    [InlineData("[]", "file.json must be a JSON object")]
    [InlineData("""{ "A": {} }""", "'A' in file.json")]
    public void A_broken_file_is_told_by_name(string json, string told) =>
        Should
            .Throw<InputException>(() => new ParametersFile("file.json", json, Given.Root))
            .Message.ShouldContain(told);
}
