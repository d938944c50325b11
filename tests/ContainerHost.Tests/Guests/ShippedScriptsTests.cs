using System.Management.Automation.Language;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Guests;

/// <summary>Every PowerShell script that the library ships, by PowerShell's own parser: it parses, and has nothing in it that must not be there.</summary>
public sealed class ShippedScriptsTests
{
    // Words that mean something else on another machine, or hide what runs.
    private static readonly string[] Forbidden =
    [
        "Invoke-Expression",
        "Invoke-WebRequest",
        "Invoke-RestMethod",
        "Start-BitsTransfer",
        "Write-Host",
    ];

    public static TheoryData<string> Scripts { get; } =
    [
        .. typeof(HostSpec)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".ps1", StringComparison.Ordinal)),
    ];

    [Fact]
    public void There_are_scripts() => Scripts.Count.ShouldBeGreaterThan(10);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_parses_without_errors(string name)
    {
        Parse(name, out var errors);
        errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_says_what_it_is_for_and_is_strict(string name)
    {
        var text = Text(name);
        text.ShouldStartWith("# ");
        // The bootstrap runs scripts of others, which are strict themselves.
        if (!name.EndsWith("bootstrap.ps1", StringComparison.Ordinal))
            text.ShouldContain("Set-StrictMode -Version 3.0");
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_calls_commands_by_their_full_names_and_none_that_are_forbidden(string name)
    {
        var commands = All<CommandAst>(name).Select(command => command.GetCommandName()).OfType<string>().ToList();
        commands.Intersect(Forbidden, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
        // An alias has no hyphen; what has none must be a program, told by its ending.
        commands
            .Where(command => !command.Contains('-') && !command.EndsWith(".exe", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_has_no_password_in_it(string name)
    {
        foreach (var command in All<CommandAst>(name).Where(one => one.GetCommandName() == "ConvertTo-SecureString"))
            command.CommandElements.Skip(1).ShouldNotContain(element => element is StringConstantExpressionAst);
        All<AssignmentStatementAst>(name)
            .Where(one => one.Right is CommandExpressionAst { Expression: StringConstantExpressionAst })
            .Select(one => (one.Left as VariableExpressionAst)?.VariablePath.UserPath ?? "")
            .ShouldNotContain(variable => variable.Contains("password", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<T> All<T>(string name)
        where T : Ast => Parse(name, out _).FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    private static ScriptBlockAst Parse(string name, out ParseError[] errors) =>
        Parser.ParseInput(Text(name), out _, out errors);

    private static string Text(string name) => EmbeddedText.Load(name["ContainerHost.".Length..]);
}
