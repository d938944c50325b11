using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Guests;

/// <summary>Runs guest commands that must succeed.</summary>
internal static class GuestShellExtensions
{
    /// <summary>Runs a command in the guest and returns its result; a non-zero exit code is an error that shows what the guest said.</summary>
    public static async Task<CommandResult> RunCheckedAsync(
        this IGuestShell shell,
        Command command,
        string attempted,
        TimeSpan timeLimit,
        CancellationToken cancellationToken
    )
    {
        var result = await shell.RunAsync(command, timeLimit, cancellationToken);
        return result.Succeeded
            ? result
            : throw new ContainerHostException(
                attempted,
                $"exit code {result.ExitCode} in the guest\n{Tail(result.StandardError)}\n{Tail(result.StandardOutput)}".Trim(),
                "run the target again: it goes on where it stopped. The target Shell logs in to look around."
            );
    }

    /// <summary>Runs a shell script of ours, with words as its arguments; the script travels by standard input.</summary>
    public static Task<CommandResult> RunScriptAsync(
        this IGuestShell shell,
        GuestScript script,
        string attempted,
        TimeSpan timeLimit,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) => shell.RunCheckedAsync(script.ToCommand(arguments), attempted, timeLimit, cancellationToken);

    /// <summary>Runs a command that <see cref="TimeLimits.GuestCommand"/> is enough for.</summary>
    internal static Task<CommandResult> RunAsync(
        this IGuestShell shell,
        Command command,
        CancellationToken cancellationToken
    ) => shell.RunAsync(command, TimeLimits.GuestCommand, cancellationToken);

    /// <summary>The same of a command that must succeed.</summary>
    internal static Task<CommandResult> RunCheckedAsync(
        this IGuestShell shell,
        Command command,
        string attempted,
        CancellationToken cancellationToken
    ) => shell.RunCheckedAsync(command, attempted, TimeLimits.GuestCommand, cancellationToken);

    /// <summary>The same of a script of ours, by the name of its resource.</summary>
    internal static Task<CommandResult> RunScriptAsync(
        this IGuestShell shell,
        string script,
        string attempted,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) => shell.RunCheckedAsync(GuestScript.Load(script).ToCommand(arguments), attempted, cancellationToken);

    /// <summary>Puts a file that has arrived in the guest into its place.</summary>
    internal static Task PlaceAsync(
        this IGuestShell shell,
        IRemoteDialect dialect,
        string uploaded,
        string guestPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    ) =>
        shell.RunCheckedAsync(
            dialect.Place(uploaded, guestPath, mode),
            $"put {guestPath} into the guest",
            cancellationToken
        );

    private static string Tail(string text) => string.Join('\n', text.Trim().Split('\n').TakeLast(15));
}
