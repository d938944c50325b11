using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>The forms of variables, as real shells take them.</summary>
public sealed class EngineAccessTests : FolderTest
{
    private const string Odd = "unix:///it's \"a b\" $HOME `x` \\/engine.sock";

    private static readonly EngineAccess Access = new(new Dictionary<string, string> { ["DOCKER_HOST"] = Odd }, "");

    [Fact]
    public async Task A_shell_has_the_value_as_it_is()
    {
        var script = Put("env", Access.Render("env"));

        (await RealTool.RunAsync("sh", "-c", $"eval \"$(cat {script})\"; printf %s \"$DOCKER_HOST\"")).ShouldBe(Odd);
    }

    [Fact]
    public async Task So_has_PowerShell()
    {
        var script = Put("env.ps1", Access.Render("powershell"));
        var line = $"Get-Content -Raw '{script}' | Invoke-Expression; [Console]::Out.Write($env:DOCKER_HOST)";

        (
            await RealTool.RunAsync(
                new Command(Path.Combine(Pwsh.Folder, "powershell.exe"), "-NoProfile", "-Command", line)
            )
        ).ShouldBe(Odd);
    }

    [Fact]
    public void And_JSON() =>
        System
            .Text.Json.JsonDocument.Parse(Access.Render("json"))
            .RootElement.GetProperty("DOCKER_HOST")
            .GetString()
            .ShouldBe(Odd);

    [Fact]
    public void Another_form_is_refused() =>
        Should
            .Throw<InvalidInputException>(() => EngineAccess.RequireFormat("fish"))
            .Message.ShouldContain("--format 'fish' is not known. Allowed: env, json, powershell.");
}
