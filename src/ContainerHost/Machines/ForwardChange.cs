using ContainerHost.Specification;
using ContainerHost.Undoing;

namespace ContainerHost.Machines;

/// <summary>Has exactly the wanted ports lead to a guest, however one is added and removed; after a failure they are as they were.</summary>
internal static class ForwardChange
{
    public static Task ApplyAsync(
        IReadOnlyCollection<PortForward> had,
        IReadOnlyCollection<PortForward> wanted,
        Func<PortForward, CancellationToken, Task> add,
        Func<PortForward, CancellationToken, Task> remove,
        CancellationToken cancellationToken
    ) =>
        UndoStack.RunAsync(async undo =>
        {
            foreach (var old in had.Except(wanted))
            {
                await remove(old, cancellationToken);
                undo.Push($"removal of {old}", () => add(old, CancellationToken.None));
            }
            foreach (var one in wanted.Except(had))
            {
                await add(one, cancellationToken);
                undo.Push($"{one}", () => remove(one, CancellationToken.None));
            }
            return true;
        });
}
