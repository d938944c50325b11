using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Windows;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Guests;

/// <summary>PowerShell Direct with a real PowerShell on both sides; Hyper-V between them is a function that runs the block here.</summary>
public sealed class PowerShellDirectTests : WindowsShellContract, IProcessRunner
{
    private static readonly DirectAccess Direct = new(
        new WindowsGuest(),
        new Guid("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
        "Correct-Horse-9"
    );

    private readonly List<Command> _ran = [];
    private string _hyperV = "& $ScriptBlock @ArgumentList";

    private protected override IGuestShell Shell => NewShell();

    [Fact]
    public async Task The_machine_and_the_user_are_told_and_the_password_is_in_no_argument()
    {
        await Shell.RunAsync(new Command("true"), Limit, Token);
        Read("told").ShouldBe($"{Direct.MachineId} Administrator");
        _ran.ShouldAllBe(command => !command.ToString().Contains("Correct-Horse-9"));
        Direct.ToString().ShouldNotContain("Correct-Horse-9");
    }

    [Fact]
    public async Task A_guest_that_does_not_let_us_in_is_told_with_what_to_try()
    {
        _hyperV = "throw 'The credential is invalid.'";
        var error = await Should.ThrowAsync<ContainerHostException>(NewShell().ProveAsync(Token));
        error.Saw.ShouldContain("The credential is invalid.");
        error.Try.ShouldContain("Hyper-V host itself");
    }

    [Fact]
    public async Task A_guest_is_awaited_until_it_takes_commands()
    {
        var flag = In("started");
        _hyperV =
            $"if (-not (Test-Path '{flag}')) {{ New-Item '{flag}' | Out-Null; throw 'not yet' }}; & $ScriptBlock @ArgumentList";
        var wait = new Wait("the guest answers", Limit, "look at it.");
        var poll = new Poll(TimeProvider.System);
        await using var shell = await PowerShellDirectShell.ConnectAsync(this, Direct, wait, poll, Token);
        var there = new GuestScript("powershell", "'there'").ToCommand([]);
        (await shell.RunAsync(there, Limit, Token)).StandardOutput.ShouldBe("there\n");
        _ran.Count.ShouldBe(3);
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
        var prelude = Put(
            "prelude.ps1",
            $$"""
            $env:PATH = '{{Pwsh.Folder}}:' + $env:PATH
            function Invoke-Command($VMId, $Credential, $ArgumentList, $ScriptBlock) {
                [System.IO.File]::WriteAllText('{{Folder}}/told', "$VMId $($Credential.UserName)")
                {{_hyperV}}
            }
            function New-PSSession($VMId, $Credential) { 'session' }
            function Remove-PSSession($Session) { }
            function Copy-Item($LiteralPath, $Destination, $ToSession) { [System.IO.File]::Copy($LiteralPath, $Destination) }
            """
        );
        // The script's last argument is the bootstrap, in base64 of UTF-16.
        var bootstrap = In("bootstrap.ps1");
        File.WriteAllBytes(bootstrap, [0xFF, 0xFE, .. Convert.FromBase64String(command.Arguments[^1])]);
        string[] words =
        [
            "-NoLogo",
            "-NoProfile",
            "-NonInteractive",
            "-Command",
            $". '{prelude}'; $input | . '{bootstrap}'",
        ];
        var program = Path.Combine(Pwsh.Folder, "powershell.exe");
        var run = new Command(program, words) { StandardInput = command.StandardInput };
        return new ProcessRunner().RunAsync(run, cancellationToken);
    }

    private PowerShellDirectShell NewShell() => new(this, Direct, "lab1", Folder);
}
