using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>Runs scripts of the user's in a guest: by what their first line says on Linux, by Windows PowerShell on Windows.</summary>
internal static partial class UserScriptRun
{
    /// <summary>Runs it to its end, whatever that is, and tells what it prints line by line.</summary>
    public static async Task<ScriptEnd> RunAsync(
        this IGuestShell shell,
        IGuestSystem system,
        UserScript script,
        bool asUser,
        TimeSpan limit,
        Action<string> told,
        CancellationToken cancellationToken
    )
    {
        var inGuest = system.ScriptFolder + script.Name;
        await PutAsync(shell, script, inGuest, cancellationToken);
        var command = system.RunScript(inGuest, asUser ? system.User : "root");
        return await RunAsync(shell, command, limit, told, cancellationToken);
    }

    /// <summary>The same by the command of a system, for a script that is in the guest.</summary>
    internal static async Task<ScriptEnd> RunAsync(
        IGuestShell shell,
        Command command,
        TimeSpan limit,
        Action<string> told,
        CancellationToken cancellationToken
    )
    {
        var result = await shell.RunAsync(command, limit, told, cancellationToken);
        int? line = null;
        foreach (var text in result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Failed().Match(text) is not { Success: true } match)
                told(text);
            else if (match.Groups["code"].Value == $"{result.ExitCode}")
                line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
        }
        return new ScriptEnd(result.ExitCode, line);
    }

    private static async Task PutAsync(
        IGuestShell shell,
        UserScript script,
        string inGuest,
        CancellationToken cancellationToken
    )
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var local = Path.GetTempFileName();
        try
        {
            // Windows PowerShell takes a script without it for one in the system's code page (Microsoft's "about_Character_Encoding").
            var encoding = new UTF8Encoding(script.Name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase));
            await File.WriteAllTextAsync(local, script.Text, encoding, cancellationToken);
            await shell.UploadAsync(local, inGuest, owner, cancellationToken);
        }
        finally
        {
            File.Delete(local);
        }
    }

    [GeneratedRegex(@"^(?<code>\d{1,3}) line (?<line>\d{1,7})$", RegexOptions.CultureInvariant)]
    private static partial Regex Failed();
}
