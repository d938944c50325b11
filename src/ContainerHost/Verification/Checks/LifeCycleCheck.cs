using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Verification.Checks;

/// <summary>Create, start, look inside, stop, remove; and nothing is left.</summary>
internal sealed class LifeCycleCheck : ICheck
{
    private const string Name = "verify-life";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public string Id => "life-cycle";

    public string Title => "Create, start, stop and remove a container, with nothing left";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var runtime = context.Runtime;
        var seen = new List<string>();
        await runtime.RemoveAsync(Name, cancellationToken);

        await runtime.CreateAsync(ContainerScript.Of(Name, "busybox sleep 3600"), cancellationToken);
        await ExpectAsync("created", running: false);
        await runtime.StartAsync(Name, cancellationToken);
        await ExpectAsync("started", running: true);
        var inside = await runtime.ExecuteAsync(Name, ["/bin/busybox", "echo", "inside"], cancellationToken);
        seen.Add($"executed: {inside.StandardOutput.Trim()}");
        Evidence.Require(inside.StandardOutput.Trim() == "inside", "No command runs in the container.", Seen());
        await runtime.StopAsync(Name, cancellationToken);
        await ExpectAsync("stopped", running: false);
        await runtime.RemoveAsync(Name, cancellationToken);
        await ExpectAsync("removed", running: null);

        var left = await context.Shell.RunAsync(
            new Command("sh", "-c", "grep \"$1\" /proc/mounts; ls /run/netns 2>/dev/null | grep \"$1\"", "sh", Name),
            Limit,
            cancellationToken
        );
        Evidence.Require(left.StandardOutput.Length == 0, "Something of the container is left.", left.StandardOutput);
        return $"{Seen()}\nno container, mount or network namespace is left";

        string Seen() => string.Join('\n', seen);

        async Task ExpectAsync(string step, bool? running)
        {
            var found = (await runtime.ListAsync(cancellationToken)).FirstOrDefault(status => status.Name == Name);
            seen.Add($"{step}: {(found is null ? "absent" : found.Running ? "running" : "not running")}");
            Evidence.Require(found?.Running == running, $"The container is not as it should be once {step}.", Seen());
        }
    }
}
