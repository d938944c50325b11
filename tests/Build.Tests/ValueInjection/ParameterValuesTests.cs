namespace Build.Tests.ValueInjection;

public sealed class ParameterValuesTests
{
    [Theory]
    [InlineData("--disk-size")]
    [InlineData("--DiskSize")]
    [InlineData("--diskSize")]
    [InlineData("-disksize")]
    public void Any_spelling_of_a_name_finds_the_parameter_of_a_component(string name) =>
        Given.Line($"{name} 5GiB").Order.DiskSize.ShouldBe("5GiB");

    [Fact]
    public void A_parameter_goes_by_the_name_its_attribute_gives()
    {
        Given.Line("--count 3").Order.Number.ShouldBe("3");
        Given.Line("--number 3").Order.Number.ShouldBe("2");
    }

    [Fact]
    public void Nothing_given_leaves_the_defaults()
    {
        var order = new Given().Order;

        order.Owner.ShouldBe("nobody");
        order.Flavour.ShouldBe(Flavour.Vanilla);
        order.DiskSize.ShouldBe("20GiB");
        order.Number.ShouldBe("2");
        order.Cream.ShouldBeNull();
    }

    [Theory]
    [InlineData("darkchocolate")]
    [InlineData("DarkChocolate")]
    [InlineData("dark-chocolate")]
    public void A_choice_is_read_by_name_whatever_its_spelling(string value) =>
        Given.Line($"--flavour {value}").Order.Flavour.ShouldBe(Flavour.DarkChocolate);

    [Theory]
    [InlineData("--cone", true)]
    [InlineData("--cone true", true)]
    [InlineData("--cone false", false)]
    public void A_switch_needs_no_value(string line, bool expected)
    {
        Given.Line(line).Order.Cone.ShouldBe(expected);
        Given.Line(line.Replace("cone", "cream", StringComparison.Ordinal)).Order.Cream.ShouldBe(expected);
    }

    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_the_files()
    {
        var given = new Given { Files = ["""{ "Owner": "file" }"""] };
        given.Order.Owner.ShouldBe("file");
        given = given with { Files = ["""{ "Owner": "profile" }""", .. given.Files] };
        given.Order.Owner.ShouldBe("profile");
        given = given with { Variables = new() { ["NUKE_OWNER"] = "variable" } };
        given.Order.Owner.ShouldBe("variable");
        given = given with { Arguments = ["--owner", "line"] };
        given.Order.Owner.ShouldBe("line");
    }

    [Fact]
    public void Only_variables_with_the_prefix_are_read() =>
        new Given
        {
            Variables = new() { ["OWNER"] = "a shell", ["NUKE_DISK_SIZE"] = "2GiB" },
        }.Order.ShouldSatisfyAllConditions(
            order => order.Owner.ShouldBe("nobody"),
            order => order.DiskSize.ShouldBe("2GiB")
        );

    [Fact]
    public void An_empty_variable_is_none() =>
        new Given { Variables = new() { ["NUKE_OWNER"] = "" } }.Order.Owner.ShouldBe("nobody");

    [Fact]
    public void The_engines_own_parameters_ignore_variables_without_the_prefix()
    {
        var variables = new Dictionary<string, string>
        {
            ["HELP"] = "1",
            ["NUKE_PLAN"] = "1",
            ["TARGET"] = "x",
        };

        var values = new Given { Variables = variables }.Values;

        values.IsOn("Help").ShouldBeFalse();
        values.IsOn("Plan").ShouldBeTrue();
        values.Targets.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_holds_lists_numbers_switches_and_comments()
    {
        const string json = """
            {
              "$schema": "./build.schema.json",
              // what everybody likes
              "Skip": ["nuts", "cream"],
              "DiskSize": 3,
              "Cone": true,
            }
            """;

        var given = new Given { Files = [json] };

        given.Values.Skipped.ShouldBe(["nuts", "cream"]);
        given.Order.DiskSize.ShouldBe("3");
        given.Order.Cone.ShouldBeTrue();
    }

    [Theory]
    [InlineData("One+Two Three", "One Two Three")]
    [InlineData("One --target Four", "Four")]
    [InlineData("--owner ann", "Five")]
    public void Targets_stand_after_their_own_name_or_first_or_in_the_environment(string line, string targets)
    {
        var given = Given.Line(line) with { Variables = new() { ["NUKE_TARGET"] = "Five" } };

        string.Join(' ', given.Values.Targets).ShouldBe(targets);
    }
}
