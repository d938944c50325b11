using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Guests.Windows;

/// <summary>
/// A guest shell by PowerShell Direct (Microsoft's "Manage Windows virtual machines with PowerShell Direct"): this machine's PowerShell asks
/// Hyper-V to run the same bootstrap in the guest that SSH would. Credentials and scripts go by standard input.
/// </summary>
internal sealed class PowerShellDirectShell(
    IProcessRunner processes,
    DirectAccess access,
    string host,
    string uploadFolder = "C:/Windows/Temp"
) : IGuestShell
{
    private static readonly string Invoke = EmbeddedText.Load("Guests.Windows.invoke-direct.ps1");
    private static readonly string Copy = EmbeddedText.Load("Guests.Windows.copy-direct.ps1");

    private readonly PowerShellDialect _dialect = new(uploadFolder);

    /// <summary>Connects as soon as the guest takes commands.</summary>
    public static Task<IGuestShell> ConnectAsync(
        IProcessRunner processes,
        DirectAccess access,
        Wait wait,
        Poll poll,
        CancellationToken cancellationToken
    )
    {
        var shell = new PowerShellDirectShell(processes, access, wait.Host ?? access.Place);
        return poll.UntilAsync<IGuestShell>(
            wait,
            async token =>
            {
                try
                {
                    await shell.ProveAsync(token);
                    return Looks.Found<IGuestShell>(shell);
                }
                catch (ContainerHostException notYet)
                {
                    return Looks.NotYet<IGuestShell>(notYet.Saw);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Logs in and out again.</summary>
    public Task ProveAsync(CancellationToken cancellationToken) =>
        this.RunCheckedAsync(
            new GuestScript(GuestScript.PowerShell, "'ready'").ToCommand([]),
            "log in to the guest by PowerShell Direct",
            cancellationToken,
            TimeLimits.DirectAttempt
        );

    public async Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        var job = PowerShellDialect.ToJob(command);
        string[] words = [PowerShellJob.WordsLine, job.Input];
        var awaited = $"'{command.Program}' ends in the guest";
        var said = await AskAsync(Invoke, words, "run a command", awaited, timeLimit, cancellationToken);
        var answer = GuestScript.ReadAnswer<Answer>(said);
        return new CommandResult(answer.Code, Text(answer.Output), Text(answer.Error));
    }

    public async Task UploadAsync(
        string localPath,
        string guestPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    )
    {
        var temporary = _dialect.NewUploadPath();
        var name = Path.GetFileName(localPath);
        await AskAsync(
            Copy,
            [localPath, temporary],
            $"copy {name} into it",
            $"{name} is copied into the guest",
            TimeLimits.DirectCopy,
            cancellationToken
        );
        var place = _dialect.Place(temporary, guestPath, mode);
        await this.RunCheckedAsync(place, $"put {guestPath} into the guest", cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> AskAsync(
        string script,
        IReadOnlyList<string> words,
        string attempted,
        string awaited,
        TimeSpan timeLimit,
        CancellationToken cancellationToken
    )
    {
        var job = new PowerShellJob(script, [$"{access.MachineId:D}", access.User, access.Password, .. words]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        try
        {
            var result = await processes.RunAsync(job.ToCommand(), limit.Token);
            return result.Succeeded
                ? result.StandardOutput
                : throw new ContainerHostException(
                    $"reach the guest by PowerShell Direct to {attempted}",
                    result.StandardError.Trim(),
                    "run the build on the Hyper-V host itself, as an administrator; the guest must have started and be Windows.",
                    host
                );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            const string tryThis = "look at it in Hyper-V Manager.";
            throw new DeadlineException(awaited, timeLimit, "it is still at work", tryThis, host);
        }
    }

    private static string Text(string base64) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private sealed record Answer(int Code, string Output, string Error);
}
