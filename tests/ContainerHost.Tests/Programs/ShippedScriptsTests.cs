using Build.Tests.Bootstrap;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Programs;

/// <summary>What the shipped scripts call, branches that no test runs included, held to what Windows' own PowerShell and programs know.</summary>
public sealed class ShippedScriptsTests
{
    [Fact]
    public async Task They_call_only_what_windows_powershell_has_and_with_parameters_that_it_takes()
    {
        var lines = await ListAsync();

        lines.Count.ShouldBeGreaterThan(100);
        foreach (var cells in lines)
        {
            cells[1].ShouldNotBe("error", string.Join(' ', cells));
            cells[1].ShouldNotBe("7", $"only PowerShell 7 knows it: {string.Join(' ', cells)}");
            ProgramFacts.CheckCall($"{cells[1]} {cells[2]}".TrimEnd());
        }
    }

    [Fact]
    public void They_are_plain_ascii_which_every_code_page_reads_alike()
    {
        string[] folders = ["src"];
        var scripts = folders
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.ps1", SearchOption.AllDirectories)
            )
            .Append(Path.Combine(Repository.Root, "build.ps1"));
        scripts.ShouldAllBe(path => File.ReadAllBytes(path).All(letter => letter < 128));
    }

    private static async Task<IReadOnlyList<string[]>> ListAsync()
    {
        var script = Path.Combine(Repository.Root, "tests", "ContainerHost.Tests", "Programs", "list-calls.ps1");
        var program = Path.Combine(Pwsh.Folder, "powershell.exe");
        string[] words = ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, Repository.Root];
        var result = await new ProcessRunner().RunAsync(new Command(program, words), Token);
        result.ExitCode.ShouldBe(0, result.StandardError);
        return
        [
            .. result
                .StandardOutput.ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t')),
        ];
    }
}
