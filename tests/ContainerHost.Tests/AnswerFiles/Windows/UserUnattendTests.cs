using System.Text;
using System.Xml.Linq;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.Windows;
using ContainerHost.Errors;
using ContainerHost.Specification;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;

namespace ContainerHost.Tests.AnswerFiles.Windows;

/// <summary>What people bring, in the forms that they write, beside what parameters say.</summary>
public sealed class UserUnattendTests
{
    private const string Key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
    private const string Other = "VVVVV-WWWWW-XXXXX-YYYYY-ZZZZZ";

    private static readonly WindowsAnswers Answers = new()
    {
        Name = HostName.Default,
        Password = "Correct-Horse-9",
        ImageIndex = 3,
    };

    [Fact]
    public void An_account_stands_beside_our_administrator()
    {
        var merged = Merge(Oobe(Accounts("<Name>bob</Name><Group>Administrators</Group>")));

        var accounts = merged.Descendants(Unattend + "UserAccounts").Single();
        accounts.Elements().Select(one => one.Name.LocalName).ShouldBe(["AdministratorPassword", "LocalAccounts"]);
        accounts.Descendants(Unattend + "LocalAccount").Single().Attribute(Wcm + "action")!.Value.ShouldBe("add");
    }

    [Theory]
    [InlineData("<Name>administrator</Name>", "which ContainerHost logs in as")]
    [InlineData("<Name>containerhost</Name>", "as the guest itself is called")]
    [InlineData("<Name>bob</Name></LocalAccount><LocalAccount><Name>Bob</Name>", "'BOB' twice")]
    [InlineData("<Name>bob@lab</Name>", "must be a name without")]
    [InlineData("<Name>...</Name>", "must be a name without")]
    [InlineData("<Name>NONE</Name>", "must be a name without")]
    [InlineData("<Name> </Name>", "must be a name without")]
    [InlineData("<Name>abcdefghijklmnopqrstu</Name>", "has 21 letters, where Windows takes 20")]
    [InlineData("<Group>Users</Group>", "has no Name")]
    public void An_account_that_windows_cannot_have_is_refused(string account, string told) =>
        Refused(Oobe(Accounts(account)), told);

    [Theory]
    [InlineData("<LocalAccount wcm:action='modify'><Name>bob</Name></LocalAccount>", "only add does something")]
    [InlineData("<LocalAccount wcm:action='create'><Name>bob</Name></LocalAccount>", "there are add, modify, remove")]
    [InlineData("<LocalAccount action='add'><Name>bob</Name></LocalAccount>", "write wcm:action")]
    public void An_action_that_the_schema_does_not_have_there_is_told(string entry, string told) =>
        Refused(Oobe($"<UserAccounts><LocalAccounts>{entry}</LocalAccounts></UserAccounts>"), told);

    [Theory]
    [InlineData("<PathAndCredentials wcm:action='add'><Path>D:</Path></PathAndCredentials>", "without wcm:keyValue")]
    [InlineData(
        "<PathAndCredentials wcm:keyValue='1'/><PathAndCredentials wcm:keyValue='1'/>",
        "DriverPaths' has '1' twice"
    )]
    public void An_entry_has_a_key_of_its_own(string entries, string told) =>
        Refused(
            Pass(
                "offlineServicing",
                "Microsoft-Windows-PnpCustomizationsNonWinPE",
                $"<DriverPaths>{entries}</DriverPaths>"
            ),
            told
        );

    [Fact]
    public void Entries_that_say_nothing_are_added()
    {
        const string commands =
            "<FirstLogonCommands><SynchronousCommand><Order>1</Order><CommandLine>mine</CommandLine></SynchronousCommand></FirstLogonCommands>";

        Merge(Oobe(commands))
            .Descendants(Unattend + "SynchronousCommand")
            .ShouldAllBe(one => one.Attribute(Wcm + "action")!.Value == "add");
    }

    [Fact]
    public void What_is_ours_by_default_gives_way_and_is_told()
    {
        var file =
            Pass("specialize", ShellSetup, "<TimeZone>Pacific Standard Time</TimeZone>")
            + Pass(
                "oobeSystem",
                International,
                "<InputLocale>0407:00000407</InputLocale><UserLocale>de-DE</UserLocale>"
            );

        var (merged, replaced) = Read(file).MergeInto(Answers);

        Values(merged, "TimeZone").ShouldBe(["Pacific Standard Time"]);
        Values(merged, "UserLocale").ShouldBe(["en-US", "de-DE"]);
        replaced.ShouldBe([
            $"specialize/{ShellSetup}/TimeZone",
            $"oobeSystem/{International}/InputLocale",
            $"oobeSystem/{International}/UserLocale",
        ]);
    }

    [Theory]
    [InlineData("specialize", ShellSetup, "<TimeZone>UTC</TimeZone>", "time-zone")]
    [InlineData("oobeSystem", ShellSetup, "<TimeZone>Pacific Standard Time</TimeZone>", "time-zone")]
    [InlineData("oobeSystem", International, "<InputLocale>fr-FR</InputLocale>", "keyboard")]
    [InlineData("windowsPE", InternationalPE, "<InputLocale>fr-FR</InputLocale>", "keyboard")]
    [InlineData("specialize", ShellSetup, $"<ProductKey>{Other}</ProductKey>", "product-key")]
    [InlineData("windowsPE", Setup, $"<UserData><ProductKey><Key>{Other}</Key></ProductKey></UserData>", "product-key")]
    public void What_a_parameter_says_too_is_refused_in_any_pass(
        string pass,
        string component,
        string setting,
        string parameter
    )
    {
        var given = Answers with { TimeZone = "GMT Standard Time", Keyboard = "de-DE", ProductKey = Key };

        var error = Should.Throw<InvalidInputException>(() => Read(Pass(pass, component, setting)).MergeInto(given));

        error.Problems.ShouldHaveSingleItem().ShouldContain($"and so does --{parameter}");
        error.Message.ShouldNotContain(Other);
        Read(Pass(pass, component, setting)).MergeInto(Answers).Answers.ToString().ShouldContain(setting.Split('>')[0]);
    }

    [Fact]
    public void Parameters_are_in_every_pass_that_wants_them()
    {
        var given = Answers with { TimeZone = "GMT Standard Time", Keyboard = "0407:00000407", ProductKey = Key };

        var file = UnattendFile.Render(given);

        UnattendRules.Check(file).ShouldBeEmpty();
        Values(file, "TimeZone").ShouldBe(["GMT Standard Time"]);
        Values(file, "InputLocale").ShouldBe(["0407:00000407", "0407:00000407"]);
        file.Descendants(Unattend + "UserData").Single().Element(Unattend + "ProductKey")!.Value.ShouldStartWith(Key);
        file.Descendants(Unattend + "settings")
            .Single(one => UnattendRules.PassOf(one) == Specialize)
            .Descendants(Unattend + "ProductKey")
            .Single()
            .Value.ShouldBe(Key);
        given.ToString().ShouldNotContain(Key);
    }

    [Theory]
    [InlineData("<ProductKey>12345-67890</ProductKey>", "ProductKey' must be five groups")]
    [InlineData("<ProductKey></ProductKey>", "ProductKey' must be five groups")]
    [InlineData("<TimeZone>Europe/Berlin</TimeZone>", "TimeZone' must be Windows' own name")]
    [InlineData("<TimeZone></TimeZone>", "TimeZone' must be Windows' own name")]
    public void A_value_of_another_form_is_told_by_its_place(string setting, string told) =>
        Refused(Pass("specialize", ShellSetup, setting), $"specialize/{ShellSetup}/{told}");

    [Fact]
    public void A_component_gets_the_names_that_set_up_finds_it_by()
    {
        const string dns = "Microsoft-Windows-DNS-Client";

        var added = Merge(Pass("specialize", dns, "<DNSDomain>lab.example</DNSDomain>"))
            .Descendants(Unattend + "component")
            .Single(one => UnattendRules.NameOf(one) == dns);

        added.Attribute("publicKeyToken")!.Value.ShouldBe("31bf3856ad364e35");
        added.Attribute("language")!.Value.ShouldBe("neutral");
        added.Value.ShouldBe("lab.example");
    }

    [Fact]
    public void An_element_of_the_schemas_own_namespace_that_it_does_not_have_is_refused() =>
        Refused("<Extensions><File/></Extensions>", "'Extensions', which needs a namespace of its own");

    private static string Accounts(string account) =>
        $"<UserAccounts><LocalAccounts><LocalAccount>{account}</LocalAccount></LocalAccounts></UserAccounts>";

    private static string Oobe(string settings) => Pass("oobeSystem", ShellSetup, settings);

    // As people write them, without what set-up wants beside the name.
    private static string Pass(string pass, string component, string settings) =>
        $"<settings pass='{pass}'><component name='{component}' processorArchitecture='AMD64'>{settings}</component></settings>";

    private static IEnumerable<string> Values(XDocument file, string element) =>
        file.Descendants(Unattend + element).Select(one => one.Value);

    private static void Refused(string passes, string told) =>
        Should.Throw<InvalidInputException>(() => Merge(passes)).Problems.ShouldHaveSingleItem().ShouldContain(told);

    private static XDocument Merge(string passes) => Read(passes).MergeInto(Answers).Answers;

    private static UserUnattend Read(string passes)
    {
        var file = $"<unattend xmlns='{Unattend}' xmlns:wcm='{Wcm}'>{passes}</unattend>";
        return UserUnattend.Read(new AnswerFile("mine.xml", Encoding.UTF8.GetBytes(file)))!;
    }
}
