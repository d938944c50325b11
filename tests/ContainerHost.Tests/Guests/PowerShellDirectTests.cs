using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Windows;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Guests;

/// <summary>PowerShell Direct with a real PowerShell on both sides; Hyper-V between them is a function that runs the block here.</summary>
public sealed class PowerShellDirectTests : IProcessRunner, IDisposable
{
    private static readonly Guid Machine = new("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("direct").FullName;
    private readonly List<Command> _ran = [];
    private string _hyperV = "& $ScriptBlock @ArgumentList";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_command_runs_in_the_guest_with_its_words_its_input_and_its_exit_code()
    {
        var command = new Command("sh", "-c", "printf '%s|' \"$1\"; cat; echo wrong >&2; exit 3", "sh", "a \"b")
        {
            StandardInput = "größe",
        };
        (await Shell().RunAsync(command, Limit, Token)).ShouldBe(new CommandResult(3, "a \"b|größe", "wrong\n"));
        Told().ShouldBe($"{Machine} Administrator");
    }

    [Fact]
    public async Task The_password_is_in_no_argument()
    {
        await Shell().RunAsync(new Command("true"), Limit, Token);
        _ran.ShouldAllBe(command => !command.ToString().Contains("Correct-Horse-9"));
        new DirectAccess(new WindowsGuest(), Machine, "Correct-Horse-9").ToString().ShouldNotContain("Correct-Horse-9");
    }

    [Fact]
    public async Task A_guest_that_does_not_let_us_in_is_told_with_what_to_try()
    {
        _hyperV = "throw 'The credential is invalid.'";
        var error = await Should.ThrowAsync<ContainerHostException>(Shell().ProveAsync(Token));
        error.Saw.ShouldContain("The credential is invalid.");
        error.Try.ShouldContain("Hyper-V host itself");
    }

    [Fact]
    public async Task A_guest_is_awaited_until_it_takes_commands()
    {
        var flag = Path.Combine(_folder, "started");
        _hyperV =
            $"if (-not (Test-Path '{flag}')) {{ New-Item '{flag}' | Out-Null; throw 'not yet' }}; & $ScriptBlock @ArgumentList";
        var access = new DirectAccess(new WindowsGuest(), Machine, "Correct-Horse-9");
        var wait = new Wait("the guest answers", Limit, "look at it.");
        await using var shell = await PowerShellDirectShell.ConnectAsync(
            this,
            access,
            wait,
            new Poll(TimeProvider.System),
            Token
        );
        (
            await shell.RunAsync(new GuestScript("powershell", "'there'").ToCommand([]), Limit, Token)
        ).StandardOutput.ShouldBe("there\n");
        _ran.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_guest_that_does_not_answer_in_time_is_told()
    {
        _hyperV = "Start-Sleep -Seconds 60";
        await Should.ThrowAsync<DeadlineException>(
            Shell().RunAsync(new Command("true"), TimeSpan.FromSeconds(1), Token)
        );
    }

    [Fact]
    public async Task A_file_is_copied_by_a_session_of_its_own()
    {
        var from = Path.Combine(_folder, "from");
        await File.WriteAllTextAsync(from, "content", Token);
        await Shell().UploadAsync(from, Path.Combine(_folder, "new", "to"), UnixFileMode.UserRead, Token);
        (await File.ReadAllTextAsync(Path.Combine(_folder, "new", "to"), Token)).ShouldBe("content");
    }

    // The command as it would run on Windows, in a PowerShell in which Hyper-V's side is ours.
    Task<CommandResult> IProcessRunner.RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine
    )
    {
        _ran.Add(command);
        command.Program.ShouldBe("powershell.exe");
        var prelude = Path.Combine(_folder, "prelude.ps1");
        File.WriteAllText(
            prelude,
            $$"""
            $env:PATH = '{{Pwsh.Folder}}:' + $env:PATH
            function Invoke-Command($VMId, $Credential, $ArgumentList, $ScriptBlock) {
                [System.IO.File]::WriteAllText('{{_folder}}/told', "$VMId $($Credential.UserName)")
                {{_hyperV}}
            }
            function New-PSSession($VMId, $Credential) { 'session' }
            function Remove-PSSession($Session) { }
            function Copy-Item($LiteralPath, $Destination, $ToSession) { [System.IO.File]::Copy($LiteralPath, $Destination) }
            """
        );
        // The script's last argument is the bootstrap, in base64 of UTF-16.
        var bootstrap = Path.Combine(_folder, "bootstrap.ps1");
        File.WriteAllBytes(bootstrap, [0xFF, 0xFE, .. Convert.FromBase64String(command.Arguments[^1])]);
        IReadOnlyList<string> words =
        [
            "-NoLogo",
            "-NoProfile",
            "-NonInteractive",
            "-Command",
            $". '{prelude}'; $input | . '{bootstrap}'",
        ];
        return new ProcessRunner().RunAsync(
            new Command(Path.Combine(Pwsh.Folder, "powershell.exe"), words) { StandardInput = command.StandardInput },
            cancellationToken
        );
    }

    private string Told() => File.ReadAllText(Path.Combine(_folder, "told"));

    private PowerShellDirectShell Shell() =>
        new(this, new DirectAccess(new WindowsGuest(), Machine, "Correct-Horse-9"), "lab1") { UploadFolder = _folder };
}
