using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>Create, start, look inside, stop, remove; and nothing is left, not even a process.</summary>
internal sealed class WindowsLifeCycleCheck : ICheck
{
    private const string Name = "verify-life";

    public string Id => "life-cycle";

    public string Title => "Create, start, stop and remove a container, with nothing left";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var runtime = context.Runtime;
        var word = $"containerhost-{Guid.NewGuid():N}";
        var seen = new List<string>();
        await runtime.RemoveAsync(Name, cancellationToken);

        await runtime.CreateAsync(WindowsContainers.Staying(Name, word, Isolation.Process), cancellationToken);
        await ExpectAsync("created", running: false);
        await runtime.StartAsync(Name, cancellationToken);
        await ExpectAsync("started", running: true);
        var inside = await runtime.ExecuteAsync(Name, ["cmd", "/s", "/c", "echo inside"], cancellationToken);
        seen.Add($"executed: {inside.StandardOutput.Trim()}");
        Evidence.Require(inside.StandardOutput.Trim() == "inside", "No command runs in the container.", Seen());
        await runtime.StopAsync(Name, cancellationToken);
        await ExpectAsync("stopped", running: false);
        await runtime.RemoveAsync(Name, cancellationToken);
        await ExpectAsync("removed", running: null);

        var left = await WindowsContainers.CountProcessesAsync(context, word, cancellationToken);
        Evidence.Require(left == 0, "Processes of the container are left.", $"{Seen()}\nprocesses: {left}");
        return $"{Seen()}\nno container and no process is left";

        string Seen() => string.Join('\n', seen);

        async Task ExpectAsync(string step, bool? running)
        {
            var found = (await runtime.ListAsync(cancellationToken)).FirstOrDefault(status => status.Name == Name);
            seen.Add($"{step}: {(found is null ? "absent" : found.Running ? "running" : "not running")}");
            Evidence.Require(found?.Running == running, $"The container is not as it should be once {step}.", Seen());
        }
    }
}
