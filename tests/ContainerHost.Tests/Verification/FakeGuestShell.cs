using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Verification;

/// <summary>A guest whose answers are scripted by the program that is run.</summary>
internal sealed class FakeGuestShell(Func<Command, CommandResult> answer) : IGuestShell
{
    public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken) =>
        Task.FromResult(answer(command));

    public Task UploadAsync(
        string localPath,
        string guestPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
