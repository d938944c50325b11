using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;
using ContainerHost.Tests.Verification;

namespace ContainerHost.Tests.Guests;

/// <summary>The clock's scripts by a real shell and a real PowerShell; the commands that set this machine's clock are replaced.</summary>
public sealed class GuestClockTests : ScriptTest
{
    private static DateTimeOffset Now { get; } = new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-7200)]
    [InlineData(-61)]
    [InlineData(61)]
    public async Task A_linux_guests_clock_that_is_off_is_set_and_told(int ahead)
    {
        (await SetAsync(ahead)).ShouldBe(TimeSpan.FromSeconds(ahead));

        File.ReadAllText(In("set")).Trim().ShouldBe($"--utc --set @{Now.ToUnixTimeSeconds()}");
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(0)]
    [InlineData(60)]
    public async Task A_linux_guests_clock_that_is_right_is_left_alone(int ahead)
    {
        (await SetAsync(ahead)).ShouldBe(TimeSpan.Zero);

        File.Exists(In("set")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clock_that_cannot_be_set_is_told()
    {
        File.WriteAllText(In("refuse"), "");

        (await Should.ThrowAsync<ContainerHostException>(() => SetAsync(-90))).Saw.ShouldContain(
            "Operation not permitted"
        );
    }

    [Theory]
    [InlineData(-7200, true)]
    [InlineData(0, false)]
    public async Task A_windows_guests_clock_is_set_where_it_is_off(int ahead, bool isSet)
    {
        var now = DateTimeOffset.UtcNow.AddSeconds(-ahead).ToUnixTimeSeconds();

        With("Set-Date");
        var said = await AnswerAsync("Guests.Windows.set-clock.ps1", $"{now}", "300");

        Math.Abs((long)said["ahead"]! - ahead).ShouldBeLessThan(300);
        CallsOf("Set-Date").Any().ShouldBe(isSet);
    }

    private Task<TimeSpan> SetAsync(int ahead)
    {
        var date = $$"""
            #!/bin/sh
            if [ "$1" = +%s ]; then echo {{Now.ToUnixTimeSeconds() + ahead}}; exit; fi
            if [ -e '{{In("refuse")}}' ]; then echo 'date: cannot set date: Operation not permitted' >&2; exit 1; fi
            echo "$@" > '{{In("set")}}'
            """;
        File.WriteAllText(In("date"), date);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(In("date"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var shell = new FakeGuestShell(command => RunHere(command).GetAwaiter().GetResult());
        return new DebianGuest().SetClockAsync(shell, Now, Token);
    }

    private async Task<CommandResult> RunHere(Command command) =>
        await new ProcessRunner().RunAsync(
            command with
            {
                Environment = new Dictionary<string, string?> { ["PATH"] = $"{Folder}:/usr/bin:/bin" },
            },
            Token
        );
}
