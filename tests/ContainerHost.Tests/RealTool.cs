using ContainerHost.Processes;

namespace ContainerHost.Tests;

/// <summary>Somebody else's program, by which our own work is checked; a test is skipped where it is missing.</summary>
internal static class RealTool
{
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        Require(program);
        return await RunAsync(new Command(program, arguments));
    }

    public static async Task<string> RunAsync(Command command)
    {
        Require(command.Program);
        var result = await new ProcessRunner().RunAsync(command, Token);
        result.ExitCode.ShouldBe(0, $"{command}: {result.StandardError}");
        return result.StandardOutput;
    }

    public static void Require(string program) =>
        Assert.SkipUnless(
            IsThere(program),
            $"this machine has no {program}; './build.sh Test --install-prereqs' installs it"
        );

    public static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
