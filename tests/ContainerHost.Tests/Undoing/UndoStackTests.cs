using ContainerHost.Undoing;

namespace ContainerHost.Tests.Undoing;

public sealed class UndoStackTests
{
    private readonly List<string> _undone = [];

    [Fact]
    public async Task A_failure_undoes_in_reverse_and_is_reported_first()
    {
        var run = UndoStack.RunAsync<int>(undo =>
        {
            Push(undo, "disk");
            undo.Push("network", () => throw new InvalidOperationException("cable is gone"));
            Push(undo, "machine");
            throw new IOException("first");
        });

        var error = await Should.ThrowAsync<IOException>(run);
        error.Message.ShouldBe("first");
        error.Data["undo failed: network"].ShouldBe("cable is gone");
        _undone.ShouldBe(["machine", "disk"]);
    }

    [Fact]
    public async Task Success_undoes_nothing()
    {
        var result = await UndoStack.RunAsync(undo =>
        {
            Push(undo, "disk");
            return Task.FromResult(7);
        });

        result.ShouldBe(7);
        _undone.ShouldBeEmpty();
    }

    private void Push(UndoStack undo, string what) =>
        undo.Push(
            what,
            () =>
            {
                _undone.Add(what);
                return Task.CompletedTask;
            }
        );
}
