using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.ValueInjection;

namespace Build.Tests.Execution;

public sealed class HelpTextTests
{
    private static readonly string Text = Render();

    [Fact]
    public void Targets_stand_with_their_description_and_what_they_need()
    {
        Text.ShouldContain("  Compile\n");
        Text.ShouldContain("  Deploy (default)  Brings it out. <- Compile\n");
        Text.ShouldNotContain("Hidden");
    }

    [Fact]
    public void Parameters_stand_with_type_allowed_values_and_default()
    {
        Text.ShouldContain("  --day <Monday|Friday>");
        Text.ShouldContain("The day. Default: Friday.");
        Text.ShouldContain("  --region <north|south> ...");
        Text.ShouldContain("  --retries <whole number>");
        Text.ShouldContain("How often. Default: 3.");
        Text.ShouldContain("  --dry-run\n");
        Text.ShouldNotContain("--internal-one");
    }

    [Fact]
    public void The_default_of_a_secret_is_not_shown()
    {
        Text.ShouldContain("Secret: set it in the environment.");
        Text.ShouldNotContain("swordfish");
    }

    [Fact]
    public void The_engines_own_parameters_stand_apart()
    {
        var engine = Text[Text.IndexOf("Parameters of the engine", StringComparison.Ordinal)..];

        foreach (var name in "continue help host no-logo plan profile root skip target verbosity".Split(' '))
            engine.ShouldContain($"  --{name} ");
        engine.ShouldNotContain("generate-schema");
    }

    private static string Render()
    {
        var build = new Shop();
        var targets = TargetDiscovery.Find(build);
        targets.Single(target => target.Name == "Deploy").IsDefault = true;
        return new HelpText(build, targets, ParameterMembers.Of(typeof(Shop))).ToString();
    }

    private enum Day
    {
        Monday,
        Friday,
    }

    private sealed class Shop : NukeBuild
    {
        [Parameter("The day")]
        public Day Day { get; } = Day.Friday;

        [Parameter("Where", ValueProviderMember = nameof(Regions))]
        public string[] Region { get; } = [];

        [Parameter("How often.")]
        public int Retries { get; } = 3;

        [Parameter]
        public bool DryRun { get; }

        [Parameter("A key"), Secret]
        public string Key { get; } = "swordfish";

        [Parameter(List = false)]
        public string? InternalOne { get; }

        private static IEnumerable<string> Regions => ["north", "south"];

        private Target Compile => _ => _;

        private Target Deploy => _ => _.Description("Brings it out.").DependsOn(Compile);

        private Target Hidden => _ => _.Unlisted();
    }
}
