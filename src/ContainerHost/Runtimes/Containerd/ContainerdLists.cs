namespace ContainerHost.Runtimes.Containerd;

/// <summary>Reads the lists that <c>ctr</c> prints.</summary>
internal static class ContainerdLists
{
    /// <summary>All containers (one name a line), each running when the table of tasks (name, pid, status) says so.</summary>
    public static IReadOnlyList<ContainerStatus> Join(string containers, string tasks)
    {
        var running = tasks
            .Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, "RUNNING"])
            .Select(words => words[0])
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. containers
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(name => new ContainerStatus(name, running.Contains(name))),
        ];
    }
}
