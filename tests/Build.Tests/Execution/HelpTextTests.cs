using Build.Tests.ValueInjection;
using Nuke.Common.Execution;
using Nuke.Common.ValueInjection;

namespace Build.Tests.Execution;

public sealed class HelpTextTests
{
    private static readonly string Text = Render(new IceCream());

    [Fact]
    public void Targets_stand_with_their_description_and_what_they_need()
    {
        Text.ShouldContain("  Scoop\n");
        Text.ShouldContain("  Serve (default)  Brings it out. <- Scoop\n");
    }

    [Fact]
    public void Parameters_stand_with_type_and_allowed_values()
    {
        Text.ShouldContain("  --flavour <Vanilla|DarkChocolate>\n");
        Text.ShouldContain("  --spoon <Wood|Silver>\n");
        Text.ShouldMatch(" --disk-size <text> +How big.\n");
        Text.ShouldMatch(" --fruit <text> +What goes with it. One of strawberries, cherries, gooseberries.\n");
        Text.ShouldContain("  --cone\n");
        Text.ShouldMatch(" --cream +For a friend.\n");
        Text.ShouldNotContain("--whisper");
    }

    [Fact]
    public void A_parameter_may_be_declared_by_an_attribute_of_the_builds_own()
    {
        Text.ShouldMatch(" --sauce <hot|cold> +All about Sauce.\n");
        Given.Line("--sauce hot").Order.Sauce.ShouldBe("hot");
    }

    [Fact]
    public void The_default_of_a_secret_is_not_shown()
    {
        Text.ShouldMatch(" --recipe <text> +Secret: set it in the environment.\n");
        Text.ShouldNotContain("swordfish");
    }

    [Fact]
    public void The_engines_own_parameters_stand_apart()
    {
        var engine = Text[Text.IndexOf("Parameters of the engine", StringComparison.Ordinal)..];

        foreach (var name in "help host no-logo plan profile root skip target verbosity".Split(' '))
            engine.ShouldContain($"  --{name} ");
        engine.ShouldContain("  --root <path> ");
        engine.ShouldContain("  --skip <target> ... ");
        engine.ShouldNotContain("generate-schema");
    }

    private static string Render(IceCream build)
    {
        var targets = TargetDiscovery.Find(build);
        targets.Single(target => target.Name == "Serve").IsDefault = true;
        return new HelpText(build, targets, ParameterMember.Of(typeof(IceCream))).ToString();
    }
}
