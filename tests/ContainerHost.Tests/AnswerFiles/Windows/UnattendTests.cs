using System.Text;
using System.Xml.Linq;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.Windows;
using ContainerHost.Errors;
using ContainerHost.Specification;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;
using static ContainerHost.AnswerFiles.Windows.UnattendXml;

namespace ContainerHost.Tests.AnswerFiles.Windows;

public sealed class UnattendTests
{
    private const string Shell = "Microsoft-Windows-Shell-Setup";
    private const string SetUp = "Microsoft-Windows-Setup";

    private static readonly WindowsAnswers Answers = new()
    {
        Name = HostName.Default,
        Password = "Correct-Horse-9",
        ImageIndex = 3,
    };

    private static readonly WindowsAnswers AppliedAnswers = Answers with { ImageIndex = null };

    [Fact]
    public void The_answer_file_of_a_typical_host() =>
        $"{UnattendFile.Render(Answers)}\n".ShouldBeApproved("autounattend");

    [Fact]
    public void The_answer_file_of_an_image_that_is_applied_already() =>
        $"{UnattendFile.Render(AppliedAnswers)}\n".ShouldBeApproved("unattend");

    [Fact]
    public void Drivers_are_looked_for_on_every_drive_that_their_medium_may_be()
    {
        var file = UnattendFile.Render(Answers with { DriverFolders = [@"viostor\2k22\amd64", @"NetKVM\2k22\amd64"] });
        var drivers = file.Descendants(Unattend + "PathAndCredentials").ToList();
        drivers
            .Select(driver => driver.Element(Unattend + "Path")!.Value)
            .ShouldBe(
                from letter in "DEFGH"
                from folder in new[] { "viostor", "NetKVM" }
                select $@"{letter}:\{folder}\2k22\amd64"
            );
        drivers
            .Select(driver => driver.Attribute(Wcm + "keyValue")!.Value)
            .ShouldBe(Enumerable.Range(1, 10).Select(key => $"{key}"));
    }

    [Theory]
    [InlineData("windowsPE", "Microsoft-Windows-DNS-Client")]
    [InlineData("offlineServicing", "Microsoft-Windows-PnpCustomizationsNonWinPE")]
    public void A_pass_that_only_set_up_runs_is_refused_where_the_image_is_applied(string pass, string component)
    {
        var mine = Pass(pass, Component(component));
        var error = Should.Throw<InvalidInputException>(() => Merge(AppliedAnswers, mine));
        error.Problems.Single().ShouldContain($"has the pass '{pass}', which only set-up runs");
        Merge(mine).ToString().ShouldContain(component);
    }

    [Fact]
    public void Set_up_takes_it_with_drivers_and_without_its_own_pass()
    {
        UnattendRules.Check(UnattendFile.Render(AppliedAnswers)).ShouldBeEmpty();
        UnattendRules
            .Check(UnattendFile.Render(Answers with { DriverFolders = [@"viostor\2k22\amd64"] }))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Set_up_takes_it() => UnattendRules.Check(UnattendFile.Render(Answers)).ShouldBeEmpty();

    [Fact]
    public void The_password_is_in_it_as_set_up_wants_it_and_never_plain()
    {
        var file = UnattendFile.Render(Answers);
        file.ToString().ShouldNotContain("Correct-Horse-9");
        var value = file.Descendants(Unattend + "AdministratorPassword").Single().Element(Unattend + "Value")!.Value;
        Encoding.Unicode.GetString(Convert.FromBase64String(value)).ShouldBe("Correct-Horse-9AdministratorPassword");
        Answers.ToString().ShouldNotContain("Correct-Horse-9");
    }

    [Theory]
    [InlineData("<a>&\"'", "en-US")]
    [InlineData("größe 容器", "de-DE")]
    public void Any_password_and_language_make_a_file_that_set_up_takes(string password, string language)
    {
        var file = UnattendFile.Render(Answers with { Password = password, Language = language });
        UnattendRules.Check(XDocument.Parse(file.ToString())).ShouldBeEmpty();
        file.Descendants(Unattend + "UILanguage").ShouldAllBe(one => one.Value == language);
    }

    [Theory]
    [InlineData("windowsPE", Shell, "has no place in 'windowsPE'")]
    [InlineData("oobeSystem", SetUp, "has no place in 'oobeSystem'; it goes to windowsPE")]
    [InlineData("specialize", "Microsoft-Windows-International-Core-WinPE", "has no place")]
    [InlineData("specialise", Shell, "'specialise' is no pass")]
    public void A_component_in_the_wrong_pass_is_told(string pass, string component, string told) =>
        Check(Pass(pass, Component(component))).ShouldContain(problem => problem.Contains(told));

    [Fact]
    public void A_pass_a_component_or_an_order_twice_is_told()
    {
        var shell = Component(Shell);
        Check(Pass("specialize", shell, shell)).Single().ShouldContain($"component '{Shell}' twice");
        Check(Pass("specialize"), Pass("specialize")).Single().ShouldContain("pass 'specialize' twice");
        var commands = new[] { Command(1, "a", "a"), Command(1, "b", "b"), Command(0, "c", "c") };
        var problems = Check(Pass("oobeSystem", Component(Shell, Element("FirstLogonCommands", commands))));
        problems.ShouldContain(problem => problem.Contains("order 1 twice"));
        problems.ShouldContain(problem => problem.Contains("order from 1 to 500"));
    }

    [Fact]
    public void A_component_for_other_processors_is_told()
    {
        var component = Component(Shell);
        component.SetAttributeValue("processorArchitecture", "x86");
        Check(Pass("specialize", component)).Single().ShouldContain("not for amd64");
    }

    [Fact]
    public void The_users_file_adds_components_elements_and_commands()
    {
        var commands = Element("FirstLogonCommands", Command(7, "mine.cmd", "Mine"));
        var merged = Merge(
            Pass(
                "specialize",
                Component("Microsoft-Windows-TCPIP", Element("Interfaces")),
                Component(Shell, Element("ProductKey", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"))
            ),
            Pass("oobeSystem", Component(Shell, commands)),
            Pass("generalize", Component("Microsoft-Windows-Deployment"))
        );
        UnattendRules.Check(merged).ShouldBeEmpty();
        // Set-up's own element stays, without a key.
        merged
            .Descendants(Unattend + "ProductKey")
            .Select(one => one.Value)
            .ShouldBe(["OnError", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"]);
        merged.ToString().ShouldContain("Microsoft-Windows-TCPIP");
        merged
            .Descendants(Unattend + "SynchronousCommand")
            .Select(command =>
                (
                    command.Element(Unattend + "Order")!.Value,
                    command.Element(Unattend + "CommandLine")!.Value.Contains("first-logon.ps1")
                )
            )
            .ShouldBe([("1", true), ("2", false)]);
    }

    [Theory]
    [InlineData("specialize", Shell, "ComputerName")]
    [InlineData("windowsPE", SetUp, "DiskConfiguration")]
    [InlineData("windowsPE", SetUp, "ImageInstall")]
    [InlineData("oobeSystem", Shell, "UserAccounts")]
    [InlineData("oobeSystem", Shell, "AutoLogon")]
    public void What_the_users_file_sets_otherwise_than_we_must_is_refused_by_name(
        string pass,
        string part,
        string name
    )
    {
        var mine = Pass(pass, Component(part, Element(name, "other")));
        var error = Should.Throw<InvalidInputException>(() => Merge(mine));
        error.Problems.Single().ShouldContain($"sets '{pass}/{part}/{name}'");
    }

    [Fact]
    public void What_the_users_file_sets_just_as_we_do_is_no_conflict() =>
        Merge(Pass("specialize", Component(Shell, Element("TimeZone", " UTC "))))
            .Descendants(Unattend + "TimeZone")
            .Single()
            .Value.ShouldBe("UTC");

    [Theory]
    [InlineData("no xml", "is not XML")]
    [InlineData("<unattend/>", "root element")]
    [InlineData("<unattend xmlns='urn:schemas-microsoft-com:unattend'><settings pass='none'/></unattend>", "no pass")]
    public void A_file_that_is_no_answer_file_is_told(string text, string told) =>
        Should.Throw<InvalidInputException>(() => Read(text)).Problems.Single().ShouldContain(told);

    [Fact]
    public void A_declared_encoding_counts()
    {
        var file =
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>"
            + File([Pass("specialize", Component(Shell, Element("RegisteredOwner", "Größe")))]);

        var read = UserUnattend.Read(new AnswerFile("mine.xml", Encoding.Latin1.GetBytes(file)))!;

        read.MergeInto(Answers).Answers.ToString().ShouldContain("Größe");
    }

    [Fact]
    public void A_document_type_is_refused_since_it_may_name_other_files() =>
        Should
            .Throw<InvalidInputException>(() =>
                Read(
                    "<!DOCTYPE unattend [<!ENTITY x SYSTEM '/etc/hostname'>]><unattend xmlns='urn:schemas-microsoft-com:unattend'>&x;</unattend>"
                )
            )
            .Problems.Single()
            .ShouldContain("DTD");

    [Fact]
    public void What_is_no_pass_is_kept()
    {
        const string file =
            "<unattend xmlns='urn:schemas-microsoft-com:unattend'><servicing><package action='configure'/></servicing><Extensions xmlns='https://schneegans.de/windows/unattend-generator/'><File path='x.ps1'>1</File></Extensions></unattend>";

        var merged = Read(file).MergeInto(Answers).Answers.ToString();

        // First, as the schema of answer files has it.
        merged
            .IndexOf("<servicing>", StringComparison.Ordinal)
            .ShouldBeLessThan(merged.IndexOf("<settings", StringComparison.Ordinal));
        merged.ShouldContain("<package action=\"configure\"");
        merged.ShouldContain("<File path=\"x.ps1\">1</File>");
    }

    [Fact]
    public void Components_for_other_architectures_beside_ours_are_left_out()
    {
        var other = Component(Shell, Element("RegisteredOwner", "x"));
        other.SetAttributeValue("processorArchitecture", "x86");

        var merged = Merge(Pass("specialize", Component(Shell, Element("RegisteredOwner", "x")), other)).ToString();

        merged.ShouldNotContain("x86");
        Check(Pass("specialize", other)).ShouldHaveSingleItem().ShouldContain("not for amd64");
    }

    [Theory]
    [InlineData("FirstLogonCommands", "SynchronousCommand", "CommandLine", 1024)]
    [InlineData("RunSynchronous", "RunSynchronousCommand", "Path", 259)]
    public void A_command_that_set_up_cannot_take_is_told(string list, string entry, string element, int most)
    {
        Check(With(most)).ShouldBeEmpty();
        Check(With(most + 1)).ShouldHaveSingleItem().ShouldContain($"where set-up takes {most}");

        XElement With(int letters) =>
            Pass(
                list == "RunSynchronous" ? "specialize" : "oobeSystem",
                Component(
                    list == "RunSynchronous" ? "Microsoft-Windows-Deployment" : Shell,
                    new XElement(
                        Unattend + list,
                        new XElement(
                            Unattend + entry,
                            Element("Order", "1"),
                            Element(element, new string('x', letters))
                        )
                    )
                )
            );
    }

    private static XDocument Merge(params XElement[] passes) => Merge(Answers, passes);

    private static XDocument Merge(WindowsAnswers answers, params XElement[] passes) =>
        Read(File(passes).ToString()).MergeInto(answers).Answers;

    private static UserUnattend Read(string text) =>
        UserUnattend.Read(new AnswerFile("mine.xml", Encoding.UTF8.GetBytes(text)))!;

    private static List<string> Check(params XElement[] passes) => [.. UnattendRules.Check(File(passes))];

    private static XDocument File(XElement[] passes) => new(new XElement(Unattend + "unattend", passes));
}
