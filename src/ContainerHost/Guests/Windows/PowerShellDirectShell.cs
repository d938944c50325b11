using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Guests.Windows;

/// <summary>
/// A guest shell by PowerShell Direct (Microsoft's "Manage Windows virtual machines with PowerShell Direct"): this machine's PowerShell asks
/// Hyper-V to run the same bootstrap in the guest that SSH would. Credentials and scripts go by standard input.
/// </summary>
internal sealed class PowerShellDirectShell(IProcessRunner processes, DirectAccess access, string host) : IGuestShell
{
    private static readonly string Invoke = EmbeddedText.Load("Guests.Windows.invoke-direct.ps1");
    private static readonly string Copy = EmbeddedText.Load("Guests.Windows.copy-direct.ps1");

    private readonly PowerShellDialect _dialect = new("C:/Windows/Temp");

    /// <summary>Where files arrive; a test has another folder.</summary>
    internal string UploadFolder
    {
        init => _dialect = new PowerShellDialect(value);
    }

    /// <summary>Connects as soon as the guest takes commands, by the one poll.</summary>
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
            TimeLimits.DirectAttempt,
            cancellationToken
        );

    public async Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        var job = PowerShellDialect.ToJob(command);
        var said = await WithinAsync(
            timeLimit,
            $"'{command.Program}' ends in the guest",
            token => AskAsync(Invoke, [PowerShellJob.WordsLine, job.Input], "run a command", token),
            cancellationToken
        );
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
        await WithinAsync(
            TimeLimits.DirectCopy,
            $"{name} is copied into the guest",
            token => AskAsync(Copy, [localPath, temporary], $"copy {name} into it", token),
            cancellationToken
        );
        await this.PlaceAsync(_dialect, temporary, guestPath, mode, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> WithinAsync(
        TimeSpan timeLimit,
        string awaited,
        Func<CancellationToken, Task<string>> work,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeadlineException(
                awaited,
                timeLimit,
                "it is still at work",
                "look at it in Hyper-V Manager.",
                host
            );
        }
    }

    private async Task<string> AskAsync(
        string script,
        IReadOnlyList<string> words,
        string attempted,
        CancellationToken cancellationToken
    )
    {
        var job = new PowerShellJob(script, [$"{access.MachineId:D}", access.User, access.Password, .. words]);
        var result = await processes.RunAsync(job.ToCommand(), cancellationToken);
        return result.Succeeded
            ? result.StandardOutput
            : throw new ContainerHostException(
                $"reach the guest by PowerShell Direct to {attempted}",
                result.StandardError.Trim(),
                "run the build on the Hyper-V host itself, as an administrator; the guest must have started and be Windows.",
                host
            );
    }

    private static string Text(string base64) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private sealed record Answer(int Code, string Output, string Error);
}
