namespace ContainerHost.Undoing;

/// <summary>The undo steps of work that may fail: they run in reverse, and one that fails never hides the first error.</summary>
internal sealed class UndoStack
{
    private const string Failed = "undo failed: ";

    private readonly Stack<(string What, Func<Task> Undo)> _steps = new();

    /// <summary>Remembers how to undo a side effect that has just happened.</summary>
    public void Push(string what, Func<Task> undo) => _steps.Push((what, undo));

    /// <summary>Runs the work; when it fails, undoes in reverse and rethrows the first error with failed undos attached in <see cref="Exception.Data"/>.</summary>
    public static async Task<T> RunAsync<T>(Func<UndoStack, Task<T>> work)
    {
        var undo = new UndoStack();
        try
        {
            return await work(undo);
        }
        catch (Exception first)
        {
            await undo.UnwindAsync(first);
            throw;
        }
    }

    /// <summary>What of the half-made is still there, a sentence each, and why.</summary>
    public static IEnumerable<string> FailuresOf(Exception first) =>
        first
            .Data.Keys.OfType<string>()
            .Where(key => key.StartsWith(Failed, StringComparison.Ordinal))
            .Select(key => $"{key}: {first.Data[key]}");

    private async Task UnwindAsync(Exception first)
    {
        while (_steps.TryPop(out var step))
        {
            try
            {
                await step.Undo();
            }
#pragma warning disable CA1031 // Whatever an undo throws must not replace the first error, and the rest must still run.
            catch (Exception second)
#pragma warning restore CA1031
            {
                first.Data[$"{Failed}{step.What}"] = second.Message;
            }
        }
    }
}
