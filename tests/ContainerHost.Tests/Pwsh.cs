using System.Diagnostics;
using Build.Tests.Bootstrap;

namespace ContainerHost.Tests;

/// <summary>The real PowerShell, as a .NET tool of this repository; put on a path of its own under the name that Windows has for it.</summary>
internal static class Pwsh
{
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>A folder with a program <c>powershell.exe</c> in it, for the front of a PATH.</summary>
    public static string Folder => Made.Value;

    private static string Make()
    {
        using var restore = Process.Start(
            new ProcessStartInfo("dotnet", ["tool", "restore"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
            }
        )!;
        restore.StandardOutput.ReadToEnd();
        restore.WaitForExit();
        restore.ExitCode.ShouldBe(0, "the repository's tools cannot be restored");
        var folder = Path.Combine(AppContext.BaseDirectory, "pwsh");
        Directory.CreateDirectory(folder);
        var program = Path.Combine(folder, "powershell.exe");
        var dotnet = Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : "dotnet";
        // Another program writes it, since nobody can run a file that this one, or a child it has just begun, has open for writing.
        using var install = Process.Start(
            new ProcessStartInfo("install", ["-m", "755", "/dev/stdin", program]) { RedirectStandardInput = true }
        )!;
        install.StandardInput.Write(
            $"""
            #!/bin/sh
            export DOTNET_CLI_TELEMETRY_OPTOUT=1 POWERSHELL_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
            cd '{Repository.Root}' && exec {dotnet} pwsh "$@"
            """
        );
        install.StandardInput.Close();
        install.WaitForExit();
        install.ExitCode.ShouldBe(0);
        return folder;
    }
}
