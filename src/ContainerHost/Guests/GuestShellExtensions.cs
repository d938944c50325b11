using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Guests;

/// <summary>Runs guest commands, <see cref="TimeLimits.GuestCommand"/> at most unless told otherwise; those that must succeed return what they printed.</summary>
internal static class GuestShellExtensions
{
    public static Task<CommandResult> RunAsync(
        this IGuestShell shell,
        Command command,
        CancellationToken cancellationToken
    ) => shell.RunAsync(command, TimeLimits.GuestCommand, cancellationToken);

    /// <summary>A non-zero exit code is an error that shows what the guest said.</summary>
    public static async Task<string> RunCheckedAsync(
        this IGuestShell shell,
        Command command,
        string attempted,
        CancellationToken cancellationToken,
        TimeSpan? timeLimit = null
    )
    {
        var result = await shell.RunAsync(command, timeLimit ?? TimeLimits.GuestCommand, cancellationToken);
        return result.Succeeded
            ? result.StandardOutput
            : throw new ContainerHostException(
                attempted,
                $"exit code {result.ExitCode} in the guest\n{Tail(result.StandardError)}\n{Tail(result.StandardOutput)}".Trim(),
                "run the target again: it goes on where it stopped. The target Shell logs in to look around."
            );
    }

    /// <summary>Runs a script of ours, by the name of its resource, with words as its arguments; it travels by standard input.</summary>
    public static Task<string> RunScriptAsync(
        this IGuestShell shell,
        string script,
        string attempted,
        TimeSpan timeLimit,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) => shell.RunCheckedAsync(GuestScript.Load(script).ToCommand(arguments), attempted, cancellationToken, timeLimit);

    public static Task<string> RunScriptAsync(
        this IGuestShell shell,
        string script,
        string attempted,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) => shell.RunScriptAsync(script, attempted, TimeLimits.GuestCommand, cancellationToken, arguments);

    private static string Tail(string text) => string.Join('\n', text.Trim().Split('\n').TakeLast(15));

    /// <summary>Writes text to a file that only the guest's administrator may read: for what is no argument, since those are seen and logged.</summary>
    public static async Task PutSecretAsync(
        this IGuestShell shell,
        string text,
        string guestPath,
        CancellationToken cancellationToken
    )
    {
        // Only its owner may read a temporary file.
        var local = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(local, text, cancellationToken);
            await shell.UploadAsync(
                local,
                guestPath,
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                cancellationToken
            );
        }
        finally
        {
            File.Delete(local);
        }
    }
}
