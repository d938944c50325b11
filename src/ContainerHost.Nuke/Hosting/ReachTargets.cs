using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>What the targets do by which the user's own programs reach hosts.</summary>
internal sealed class ReachTargets(IReachHosts build, BuildRun run)
{
    public Task SshConfigAsync() =>
        RunAsync(
            nameof(build.SshConfig),
            async (name, host, token) =>
            {
                if (build.Remove)
                    return Told(name, await host.ForgetSshAsync(token));
                var entry = build.Write ? await host.WriteSshAsync(token) : await host.GetSshAsync(token);
                if (!build.Json)
                    Results.Print(entry.Text);
                if (build.Write)
                    Log.Information("'ssh {Host}' leads to the host until it is removed", name);
                return (object)entry;
            }
        );

    private static object Told(HostName name, bool was)
    {
        Log.Information(was ? "'ssh {Host}' leads to the host no more" : "Nothing was written for '{Host}'", name);
        return new { name, removed = was };
    }

    private Task RunAsync(string target, Func<HostName, HostReach, CancellationToken, Task<object>> work) =>
        run.ExecuteAsync(
            async token =>
            {
                if (build.Write && build.Remove)
                    throw new InvalidInputException(["--write and --remove are opposites; give one of them."]);
                run.CloseProvisioner();
                var name = build.Request.ReadName();
                var result = await work(name, run.Hosts.Reach(name), token);
                if (build.Json)
                    Results.Add(target, result);
            },
            looksOnly: !build.Write && !build.Remove
        );
}
