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

    // A time in nanoseconds, as "date +%s%N" writes it.
    private static string Clock(int ahead) => $"{Now.AddMilliseconds(ahead).ToUnixTimeMilliseconds()}654321";

    [Theory]
    [InlineData(-7_200_000)]
    [InlineData(-99)]
    [InlineData(0)]
    [InlineData(61_001)]
    public async Task A_linux_guest_tells_how_far_its_clock_is_ahead(int ahead) =>
        (await new DebianGuest().TellClockAsync(Shell(ahead), Now, Token)).ShouldBe(TimeSpan.FromMilliseconds(ahead));

    [Fact]
    public async Task A_guest_whose_date_knows_no_nanoseconds_tells_seconds()
    {
        var shell = Shell(-3400, "echo 'date: invalid format' >&2");

        (await new DebianGuest().TellClockAsync(shell, Now, Token)).ShouldBe(TimeSpan.FromSeconds(-4));
    }

    [Fact]
    public async Task The_real_clock_of_this_machine_is_right()
    {
        var ahead = await new DebianGuest().TellClockAsync(Here, DateTimeOffset.UtcNow, Token);

        ahead.ShouldBeInRange(TimeSpan.FromMilliseconds(-1), TimeSpan.FromSeconds(20), "the time that asking takes");
    }

    [Theory]
    [InlineData(-7_200_400, 7_200_400, 0)]
    [InlineData(61_499, -61_000, 0)]
    [InlineData(61_500, -61_000, 1)]
    public async Task A_linux_guests_clock_is_set_to_the_nearest_second(int ahead, int by, int seconds)
    {
        await new DebianGuest().MoveClockAsync(Shell(ahead), TimeSpan.FromMilliseconds(by), Token);

        File.ReadAllText(In("set")).Trim().ShouldBe($"--utc --set @{Now.AddSeconds(seconds).ToUnixTimeSeconds()}");
    }

    [Fact]
    public async Task A_clock_that_cannot_be_set_is_told()
    {
        File.WriteAllText(In("refuse"), "");
        var setting = new DebianGuest().MoveClockAsync(Shell(-90_000), TimeSpan.FromMilliseconds(90_000), Token);

        (await Should.ThrowAsync<ContainerHostException>(setting)).Saw.ShouldContain("Operation not permitted");
    }

    [Fact]
    public async Task Whatever_a_guest_says_is_a_length_of_time()
    {
        var shell = new FakeGuestShell(_ => new CommandResult(0, $$"""{"ahead":{{long.MinValue}}}""", ""));

        (await new DebianGuest().TellClockAsync(shell, Now, Token)).ShouldBeLessThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_windows_guest_tells_how_far_its_clock_is_ahead_and_is_set_by_that()
    {
        With("Set-Date");
        var now = DateTimeOffset.UtcNow.AddHours(2).ToUnixTimeMilliseconds();

        var said = await AnswerAsync("Guests.Windows.tell-clock.ps1", $"{now}");
        await OkAsync("Guests.Windows.move-clock.ps1", "0", "7200400");

        ((long)said["ahead"]!).ShouldBeInRange(-7_200_000, -7_200_000 + 300_000);
        CallsOf("Set-Date").Single().ShouldBe("Set-Date -Adjust -02:00:00.4000000");
    }

    [Theory]
    [InlineData(-100, 50, false, "0.1 s behind this machine, give or take 0.1 s")]
    [InlineData(2100, 50, true, "2.1 s ahead of this machine, give or take 0.1 s")]
    [InlineData(3900, 2000, false, "3.9 s ahead of this machine, give or take 2.0 s")]
    [InlineData(-4100, 2000, true, "4.1 s behind this machine, give or take 2.0 s")]
    public void A_clock_is_off_where_it_is_so_however_long_the_answer_took(int ahead, int half, bool isOff, string text)
    {
        var skew = new ClockSkew(TimeSpan.FromMilliseconds(ahead), TimeSpan.FromMilliseconds(half));

        skew.IsOver(TimeSpan.FromSeconds(2)).ShouldBe(isOff);
        skew.ToString().ShouldBe(text);
    }

    private FakeGuestShell Shell(int ahead, string? nanoseconds = null)
    {
        var date = $$"""
            #!/bin/sh
            if [ "$1" = +%s%N ]; then {{nanoseconds ?? $"echo {Clock(ahead)}"}}; exit; fi
            if [ "$1" = +%s ]; then echo {{Now.AddMilliseconds(ahead).ToUnixTimeSeconds()}}; exit; fi
            if [ -e '{{In("refuse")}}' ]; then echo 'date: cannot set date: Operation not permitted' >&2; exit 1; fi
            echo "$@" > '{{In("set")}}'
            """;
        File.WriteAllText(In("date"), date);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(In("date"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Here;
    }

    private FakeGuestShell Here => new(command => RunHere(command).GetAwaiter().GetResult());

    private async Task<CommandResult> RunHere(Command command) =>
        await new ProcessRunner().RunAsync(
            command with
            {
                Environment = new Dictionary<string, string?> { ["PATH"] = $"{Folder}:/usr/bin:/bin" },
            },
            Token
        );
}
