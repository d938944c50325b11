using System.ComponentModel;
using System.Diagnostics;

namespace ContainerHost.Targets.Hosting;

/// <summary>Opens files by the program that the user's desktop has for them.</summary>
internal static class DesktopProgram
{
    // Whoever fails does so at once; who shows the file himself may run for as long as it is looked at (xdg-open(1), "may result in xdg-open running
    // for a very long time").
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY"];

    /// <summary>False where there is no desktop, or no program on it that opens the file.</summary>
    public static async Task<bool> TryOpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                return Environment.UserInteractive && Open(new ProcessStartInfo(path) { UseShellExecute = true });
            if (!OperatingSystem.IsMacOS() && !HasDisplay)
                return false;
            var program = OperatingSystem.IsMacOS() ? "open" : "xdg-open";
            // A browser writes to the terminal that it was started from, which is for results here.
            const string line = "exec \"$0\" \"$1\" </dev/null >/dev/null 2>&1";
            using var opening = Process.Start(new ProcessStartInfo("sh", ["-c", line, program, path]))!;
            return await HasOpenedAsync(opening, cancellationToken);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static bool HasDisplay =>
        Displays.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    private static bool Open(ProcessStartInfo start)
    {
        // A program that runs already takes the file without another process.
        using var process = Process.Start(start);
        return true;
    }

    private static async Task<bool> HasOpenedAsync(Process opening, CancellationToken cancellationToken)
    {
        using var settled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        settled.CancelAfter(Settled);
        try
        {
            await opening.WaitForExitAsync(settled.Token);
            return opening.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }
}
