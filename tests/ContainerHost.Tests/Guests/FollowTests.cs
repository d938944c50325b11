using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;
using Renci.SshNet;

namespace ContainerHost.Tests.Guests;

/// <summary>Logs that are followed over a real SSH server: lines as they come, and nothing left there afterwards.</summary>
public sealed class FollowTests(SshServer server) : FolderTest, IClassFixture<SshServer>
{
    private readonly List<string> _told = [];

    private string Log => In("log");

    // As the guest's own log is followed, but for its place.
    private Command Following =>
        new DebianGuest().Logs.Single(log => log.Name == "cloud-init").Following! is var command
            ? command with
            {
                Arguments = [.. command.Arguments.Select(word => word.Replace("/var/log/cloud-init-output.log", Log))],
            }
            : null!;

    [Fact]
    public async Task Lines_come_as_they_are_written_also_into_a_file_that_took_its_place_and_the_program_ends_with_the_reader()
    {
        await File.WriteAllTextAsync(Log, string.Concat(Enumerable.Range(1, 20).Select(i => $"line {i}\n")), Token);
        await using var shell = await ConnectAsync(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var following = shell.FollowAsync(Following, Tell, stop.Token);
        await UntilAsync(() => Told.Length == 10);
        Told[0].ShouldBe("line 11", "tail(1) shows ten");
        await File.AppendAllTextAsync(Log, "next\n", Token);
        await UntilAsync(() => Told[^1] == "next");
        File.Move(Log, In("old"));
        await File.WriteAllTextAsync(Log, "of another\n", Token);
        await UntilAsync(() => Told[^1] == "of another");
        Followers().ShouldNotBeEmpty();
        // Other commands run beside it.
        (await shell.RunCheckedAsync(new Command("echo", "beside"), "ask", Token)).ShouldBe("beside\n");

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(following);
        await UntilAsync(() => Followers().Count == 0);
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_an_error_and_leaves_nothing_there()
    {
        await File.WriteAllTextAsync(Log, "one\n", Token);
        await using var own = new SshServer();
        await using var shell = await ConnectAsync(own);
        var following = shell.FollowAsync(Following, Tell, Token);
        await UntilAsync(() => Told.Length == 1);

        own.Restart();

        (await Should.ThrowAsync<ContainerHostException>(following)).InnerException.ShouldNotBeNull();
        await UntilAsync(() => Followers().Count == 0);
    }

    [Fact]
    public async Task What_ends_by_itself_tells_how()
    {
        await using var shell = await ConnectAsync(server);
        var command = Following with { Arguments = [.. Following.Arguments.Take(3), "sh -c 'echo out; exit 3'"] };

        var end = await shell.FollowAsync(command, Tell, Token);

        (end.ExitCode, string.Join(' ', Told)).ShouldBe((3, "out"));
    }

    [Fact]
    public async Task Nothing_is_looked_at_while_nothing_comes()
    {
        await File.WriteAllTextAsync(Log, "one\n", Token);
        await using var shell = await ConnectAsync(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var following = shell.FollowAsync(Following, Tell, stop.Token);
        await UntilAsync(() => Told.Length == 1);
        var follower = ProcessIdentity.Find(Followers()[0].Id)!;

        var before = follower.ProcessorTime!.Value;
        await Task.Delay(TimeSpan.FromSeconds(2), Token);

        (follower.ProcessorTime!.Value - before).ShouldBeLessThan(TimeSpan.FromMilliseconds(20), "1 % of a processor");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    private string[] Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    private void Tell(string line)
    {
        lock (_told)
            _told.Add(line);
    }

    private List<RunningProcess> Followers() =>
        [.. RunningProcess.List().Where(process => process.Words[0] == "tail" && process.Words.Contains(Log))];

    private static async Task UntilAsync(Func<bool> met)
    {
        while (!met())
            await Task.Delay(20, Token);
    }

    private static async Task<SshGuestShell> ConnectAsync(SshServer to)
    {
        to.Start();
        using var key = new PrivateKeyFile(to.Access.ClientKeyPath);
        var method = new PrivateKeyAuthenticationMethod(to.Access.User, key);
        return await SshGuestShell.ConnectAsync(to.Access, method, "test", Token, new PosixDialect());
    }
}
