using System.Runtime.Versioning;
using Build.Tests.Bootstrap;
using ContainerHost.Errors;
using ContainerHost.Targets.Completion;
using ContainerHost.Tests;
using Nuke.Common;

namespace Build.Tests.Completion;

/// <summary>What real shells offer for what is typed behind build.sh, by the scripts that the target Completion prints.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CompletionTests : IDisposable
{
    private const string Typed = "./build.sh ";

    // A path that every shell would take for something else; PowerShell knows no backslash in one.
    private readonly string _root = Directory
        .CreateDirectory(Path.Combine(Directory.CreateTempSubdirectory("completion-").FullName, "it's $(a) path"))
        .FullName;

    public CompletionTests()
    {
        File.WriteAllText(Path.Combine(_root, "build.sh"), "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(_root, "build.sh"), (UnixFileMode)0b111_101_101);
        foreach (var host in new[] { "web", "web-2", "db" })
        {
            Directory.CreateDirectory(Path.Combine(_root, ".hosts", host));
            File.WriteAllText(Path.Combine(_root, ".hosts", host, "host.json"), "{}");
        }
        // Somebody else's, and no host.
        Directory.CreateDirectory(Path.Combine(_root, ".hosts", "west"));
    }

    private CompletionWords Words =>
        CompletionWords.Of(new Whole(), Path.Combine(_root, ".hosts")) with
        {
            Root = _root,
        };

    public static TheoryData<string> Shells => [.. CompletionScript.Shells];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_root)!, recursive: true);

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Targets_come_first(string shell) =>
        (await OfferAsync(shell, Typed + "Check")).ShouldBe(["CheckPrereqs", "Checkpoint", "Checkpoints"]);

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Then_parameters(string shell) =>
        (await OfferAsync(shell, Typed + "Verify --disk-i")).ShouldBe(["--disk-image", "--disk-image-sha256"]);

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task No_target_stands_behind_a_parameter(string shell) =>
        (await OfferAsync(shell, Typed + "Verify --json Check")).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Parameters_offer_their_values(string shell)
    {
        (await OfferAsync(shell, Typed + "Verify --runtime D")).ShouldBe(["Docker"]);
        (await OfferAsync(shell, Typed + "Connect --format p")).ShouldBe(["powershell"]);
        (await OfferAsync(shell, Typed + "Verify --skip Down")).ShouldBe(["DownloadIso"]);
        (await OfferAsync(shell, Typed + "Verify --guest windows-server-202")).ShouldBe([
            "windows-server-2022",
            "windows-server-2025",
        ]);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Hosts_that_are_there_are_offered_by_name(string shell) =>
        (await OfferAsync(shell, Typed + "Shell --name we")).ShouldBe(["web", "web-2"]);

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Another_clone_is_left_alone(string shell)
    {
        var words = Words with { Root = Path.Combine(_root, "another") };

        (await OfferAsync(shell, Typed + "Check", words)).ShouldBeEmpty();
    }

    [Fact]
    public void Another_shell_is_refused() =>
        Should
            .Throw<InvalidInputException>(() => CompletionScript.For("csh", Words))
            .Message.ShouldContain("--shell 'csh' is not known. Allowed: bash, zsh, fish, powershell.");

    [Fact]
    public async Task The_script_for_bash_is_without_a_fault()
    {
        Bootstrap.Shell.Require("shellcheck");
        var script = Write(CompletionScript.For("bash", Words));

        var (exitCode, output, _) = await Bootstrap.Shell.RunAsync(
            "shellcheck",
            // The path is not to expand.
            ["--shell", "bash", "--exclude", "SC2016", script]
        );

        exitCode.ShouldBe(0, output);
    }

    private async Task<IReadOnlyList<string>> OfferAsync(string shell, string typed, CompletionWords? words = null)
    {
        var script = Write(CompletionScript.For(shell, words ?? Words));
        var program = shell == "powershell" ? Path.Combine(Pwsh.Folder, "powershell.exe") : shell;
        if (shell != "powershell")
            Bootstrap.Shell.Require(shell);
        var (exitCode, output, error) = await Bootstrap.Shell.RunAsync(program, Arguments(shell, script, typed), _root);
        exitCode.ShouldBe(0, error);
        error.ShouldBeEmpty();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private string[] Arguments(string shell, string script, string typed) =>
        shell switch
        {
            "bash" =>
            [
                "-c",
                """
                    . "$1"
                    read -ra COMP_WORDS <<<"$2"
                    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                    complete -p build.sh >/dev/null || exit 3
                    _containerhost_complete "${COMP_WORDS[0]}"
                    printf '%s\n' "${COMPREPLY[@]}"
                    """,
                "bash",
                script,
                typed,
            ],
            // What would be shown is printed instead; the completion system itself needs a terminal.
            "zsh" =>
            [
                "-fc",
                """
                    compdef() { :; }
                    _default() { :; }
                    _files() { :; }
                    compadd() { shift; for one; do [[ $one != ${words[CURRENT]}* ]] || print -r -- $one; done }
                    . $1
                    words=(${=2}); CURRENT=$#words
                    _containerhost_complete
                    """,
                "zsh",
                script,
                typed,
            ],
            "fish" =>
            [
                "--no-config",
                "-c",
                "source $argv[1]; complete --do-complete=$argv[2] | string replace --regex '\\t.*' ''; true",
                script,
                typed,
            ],
            _ =>
            [
                "-NoProfile",
                "-NonInteractive",
                "-Command",
                $"Set-Location -LiteralPath '{_root.Replace("'", "''", StringComparison.Ordinal)}'; . '{script}'; [System.Management.Automation.CommandCompletion]::CompleteInput('{typed}', {typed.Length}, $null).CompletionMatches | ForEach-Object CompletionText",
            ],
        };

    private string Write(string text)
    {
        var path = Path.Combine(Path.GetDirectoryName(_root)!, $"{Guid.NewGuid():N}.ps1");
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Whole : NukeBuild, IProvisionHost, IManageHosts, IOperateHosts, IReachHosts;
}
