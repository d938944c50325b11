using System.Management.Automation.Language;

namespace Build.Tests.Bootstrap;

public sealed class ScriptTests
{
    [Fact]
    public async Task Every_shell_script_passes_shellcheck()
    {
        Shell.Require("shellcheck");
        var listed = await Shell.RunAsync("git", ["ls-files", "*.sh", ".ci/run"]);
        var scripts = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        scripts.ShouldContain("build.sh");
        scripts.ShouldContain(".ci/run");

        var checkedScripts = await Shell.RunAsync("shellcheck", scripts);

        checkedScripts.ExitCode.ShouldBe(0, checkedScripts.Output);
    }

    [Fact]
    public void PowerShells_own_parser_accepts_build_ps1()
    {
        Parser.ParseFile(Path.Combine(Repository.Root, "build.ps1"), out var tokens, out var errors);

        errors.ShouldBeEmpty();
        // Windows PowerShell 5.1 has none of these.
        TokenKind[] newer =
        [
            TokenKind.AndAnd,
            TokenKind.OrOr,
            TokenKind.QuestionQuestion,
            TokenKind.QuestionMark,
            TokenKind.QuestionDot,
            TokenKind.QuestionQuestionEquals,
        ];
        tokens.Select(token => token.Kind).Intersect(newer).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_for_editors_is_what_the_build_generates()
    {
        var generated = await Shell.RunAsync(Path.Combine(Repository.Root, "build.sh"), ["--generate-schema"]);

        generated.ExitCode.ShouldBe(0, generated.Error);
        var path = Path.Combine(Repository.Root, ".nuke", "build.schema.json");
        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe(
            generated.Output,
            "'./build.sh --generate-schema >.nuke/build.schema.json' writes it anew"
        );
    }
}
