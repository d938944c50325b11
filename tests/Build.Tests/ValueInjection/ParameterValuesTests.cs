namespace Build.Tests.ValueInjection;

public sealed class ParameterValuesTests
{
    [Theory]
    [InlineData("--disk-size")]
    [InlineData("--DiskSize")]
    [InlineData("--diskSize")]
    [InlineData("-disksize")]
    public void Any_spelling_of_a_name_finds_the_parameter_of_a_component(string name) =>
        Given.Line($"{name} 5GiB").Bind<IceCream>().Sized.DiskSize.ShouldBe("5GiB");

    [Fact]
    public void A_parameter_goes_by_the_name_its_attribute_gives()
    {
        Given.Line("--count 3").Bind<IceCream>().Sized.Number.ShouldBe(3);
        Given.Line("--number 3").For<IceCream>().Problems().Single().ShouldContain("no parameter '--number'");
    }

    [Fact]
    public void Nothing_given_leaves_the_defaults()
    {
        var build = new Given().Bind<IceCream>();

        build.Owner.ShouldBe("nobody");
        build.Flavour.ShouldBe(Flavour.Vanilla);
        build.Sized.DiskSize.ShouldBe("20GiB");
        build.Sized.Number.ShouldBe(2);
    }

    [Fact]
    public void Members_that_only_read_get_their_values_all_the_same()
    {
        var build = Given.Line("--owner ann --price 2.5 --within 00:05:00").Bind<IceCream>();

        build.Owner.ShouldBe("ann");
        build.Price.ShouldBe(2.5);
        build.Within.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_list_takes_every_value_that_follows() =>
        Given
            .Line("--flavours vanilla dark-chocolate --cone")
            .Bind<IceCream>()
            .Flavours.ShouldBe([Flavour.Vanilla, Flavour.DarkChocolate]);

    [Fact]
    public void A_list_with_a_separator_is_split() =>
        Given.Line("--toppings nuts+cream berries").Bind<IceCream>().Toppings.ShouldBe(["nuts", "cream", "berries"]);

    [Theory]
    [InlineData("darkchocolate")]
    [InlineData("DarkChocolate")]
    [InlineData("dark-chocolate")]
    public void A_choice_is_read_by_name_whatever_its_spelling(string value) =>
        Given.Line($"--flavour {value}").Bind<IceCream>().Flavour.ShouldBe(Flavour.DarkChocolate);

    [Theory]
    [InlineData("1", "is one of Vanilla, DarkChocolate")]
    [InlineData("Vanila", "Did you mean 'Vanilla'?")]
    public void A_choice_that_is_none_is_told_with_those_there_are(string value, string told) =>
        Given.Line($"--flavour {value}").For<IceCream>().Problems().Single().ShouldContain(told);

    [Theory]
    [InlineData("--cone", true)]
    [InlineData("--cone true", true)]
    [InlineData("--cone false", false)]
    public void A_switch_needs_no_value(string line, bool expected) =>
        Given.Line(line).Bind<IceCream>().Cone.ShouldBe(expected);

    [Fact]
    public void A_target_after_a_switch_is_told_where_it_belongs() =>
        Given.Line("--cone Test").For<IceCream>().Problems().Single().ShouldContain("before the first parameter");

    [Fact]
    public void A_negative_number_is_a_value() => Given.Line("--price -1.5").Bind<IceCream>().Price.ShouldBe(-1.5);

    [Fact]
    public void The_last_of_a_repeated_parameter_wins() =>
        Given.Line("--owner ann --owner bob").Bind<IceCream>().Owner.ShouldBe("bob");

    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_the_files()
    {
        string[] files = ["""{ "Owner": "profile" }""", """{ "Owner": "file" }"""];
        var variables = new Dictionary<string, string> { ["OWNER"] = "variable" };

        new Given { Files = [files[1]] }
            .Bind<IceCream>()
            .Owner.ShouldBe("file");
        new Given { Files = files }
            .Bind<IceCream>()
            .Owner.ShouldBe("profile");
        new Given { Files = files, Variables = variables }
            .Bind<IceCream>()
            .Owner.ShouldBe("variable");
        new Given
        {
            Files = files,
            Variables = variables,
            Arguments = ["--owner", "line"],
        }
            .Bind<IceCream>()
            .Owner.ShouldBe("line");
    }

    [Fact]
    public void A_prefixed_variable_goes_before_a_plain_one() =>
        new Given
        {
            Variables = new() { ["DISK_SIZE"] = "1GiB", ["NUKE_DISK_SIZE"] = "2GiB" },
        }
            .Bind<IceCream>()
            .Sized.DiskSize.ShouldBe("2GiB");

    [Fact]
    public void An_empty_variable_is_none() =>
        new Given { Variables = new() { ["OWNER"] = "" } }
            .Bind<IceCream>()
            .Owner.ShouldBe("nobody");

    [Fact]
    public void The_engines_own_parameters_ignore_variables_without_the_prefix()
    {
        var variables = new Dictionary<string, string>
        {
            ["HELP"] = "1",
            ["NUKE_PLAN"] = "1",
            ["TARGET"] = "x",
        };

        var values = new Given { Variables = variables }.For<IceCream>();

        values.IsOn("Help").ShouldBeFalse();
        values.IsOn("Plan").ShouldBeTrue();
        values.Targets.ShouldBeEmpty();
    }

    [Fact]
    public void Relative_paths_start_where_they_are_written()
    {
        string onTheLine = Given.Line("--shop sub").Bind<IceCream>().Shop!;
        string inAFile = new Given { Files = ["""{ "Shop": "sub" }"""] }
            .Bind<IceCream>()
            .Shop!;

        onTheLine.ShouldBe(Path.Combine(Given.Directory, "sub"));
        inAFile.ShouldBe(Path.Combine(Given.Root, "sub"));
    }

    [Fact]
    public void A_file_holds_lists_numbers_switches_and_comments()
    {
        const string json = """
            {
              "$schema": "./build.schema.json",
              // what everybody likes
              "Toppings": ["nuts", "cream"],
              "Price": 3,
              "Cone": true,
            }
            """;

        var build = new Given { Files = [json] }.Bind<IceCream>();

        build.Toppings.ShouldBe(["nuts", "cream"]);
        build.Price.ShouldBe(3);
        build.Cone.ShouldBeTrue();
    }

    [Fact]
    public void Targets_stand_first_or_after_their_own_name() =>
        new Given { Arguments = ["One+Two", "Three", "--target", "Four"] }
            .For<IceCream>()
            .Targets.ShouldBe(["One", "Two", "Three", "Four"]);
}
