using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes;

namespace ContainerHost.Verification.Checks;

/// <summary>A container's life from its creation to its removal, looked at after every step.</summary>
internal sealed class LifeCycle(IContainerRuntime runtime, ContainerRun container)
{
    // It heeds the signal to stop, which the first process of a container has no default action for (pid_namespaces(7)).
    private const string Service = "trap 'exit 0' TERM; busybox sleep 3600 & wait";

    private readonly List<string> _seen = [];

    public string Seen => string.Join('\n', _seen);

    /// <summary>The check of a Debian guest: nothing is left of a container, its mounts and its network.</summary>
    public static async Task<string> CheckAsync(CheckContext context, CancellationToken cancellationToken)
    {
        const string name = "verify-life";
        var life = new LifeCycle(context.Runtime, ContainerScript.Of(name, Service));
        await life.RunAsync(["/bin/busybox", "echo", "inside"], cancellationToken);
        const string find = "grep \"$1\" /proc/mounts; ls /run/netns 2>/dev/null | grep \"$1\"";
        var command = new Command("sh", "-c", find, "sh", name);
        var left = (await context.Shell.RunAsync(command, cancellationToken)).StandardOutput;
        Evidence.Require(left.Length == 0, "Something of the container is left.", left);
        return $"{life.Seen}\nno container, mount or network namespace is left";
    }

    /// <summary>Creates the container, starts it, runs a command in it that prints "inside", stops it and removes it.</summary>
    public async Task RunAsync(IReadOnlyList<string> printInside, CancellationToken cancellationToken)
    {
        var name = container.Name;
        await runtime.RemoveAsync(name, cancellationToken);

        await runtime.CreateAsync(container, cancellationToken);
        await ExpectAsync("created", running: false, cancellationToken);
        await runtime.StartAsync(name, cancellationToken);
        await ExpectAsync("started", running: true, cancellationToken);
        var inside = await runtime.ExecuteAsync(name, printInside, cancellationToken);
        _seen.Add(
            inside.Succeeded
                ? $"executed: {inside.StandardOutput.Trim()}"
                : $"executed: exit code {inside.ExitCode}\n{inside.LastLines(5)}"
        );
        Evidence.Require(inside.StandardOutput.Trim() == "inside", "No command runs in the container.", Seen);
        await runtime.StopAsync(name, cancellationToken);
        await ExpectAsync("stopped", running: false, cancellationToken);
        await runtime.RemoveAsync(name, cancellationToken);
        await ExpectAsync("removed", running: null, cancellationToken);
    }

    private async Task ExpectAsync(string step, bool? running, CancellationToken cancellationToken)
    {
        var found = (await runtime.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == container.Name);
        _seen.Add($"{step}: {(found is null ? "absent" : found.Running ? "running" : "not running")}");
        Evidence.Require(found?.Running == running, $"The container is not as it should be once {step}.", Seen);
    }
}
