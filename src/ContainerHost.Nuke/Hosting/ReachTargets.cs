using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using ContainerHost.Targets.Completion;
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
                    return Told(name, await host.ForgetSshAsync(token), "'ssh {Host}' leads to the host no more");
                var entry = build.Write ? await host.WriteSshAsync(token) : await host.GetSshAsync(token);
                if (!build.Json)
                    Results.Print(entry.Text);
                if (build.Write)
                    Log.Information("'ssh {Host}' leads to the host until it is removed", name);
                return (object)entry;
            }
        );

    public Task ConnectAsync() =>
        RunAsync(
            nameof(build.Connect),
            async (name, host, token) =>
            {
                var format = EngineAccess.RequireFormat(build.Format);
                if (build.Remove)
                    return Told(
                        name,
                        await host.DisconnectAsync(token),
                        "Nothing leads to the engine of '{Host}' any more"
                    );
                var access = await host.ConnectAsync(build.Write, token);
                if (!build.Json)
                    Results.Print(access.Render(format));
                Log.Information("{Note}", access.Note);
                return access;
            }
        );

    public Task CopyAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                run.CloseProvisioner();
                var name = build.Request["name"] is null ? null : build.Request.ReadName();
                var report = await run.Hosts.CopyAsync(build.FromPath, build.ToPath, name, build.Force, token);
                Log.Information(
                    "{To}: {Files} files copied, {Bytes} bytes; {Unchanged} were there already",
                    report.To,
                    report.Files,
                    report.Bytes,
                    report.Unchanged
                );
                if (build.Json)
                    Results.Add(nameof(build.Copy), report);
            },
            // A host is named by its path, and must not be removed as one that nobody named.
            looksOnly: true
        );

    public Task CompletionAsync() =>
        run.ExecuteAsync(
            _ =>
            {
                var words = CompletionWords.Of(build, run.Hosts.Directory);
                var script = CompletionScript.For(build.Shell, words);
                if (build.Json)
                    Results.Add(nameof(build.Completion), new { script });
                else
                    Results.Print(script);
                return Task.CompletedTask;
            },
            looksOnly: true
        );

    private static object Told(HostName name, bool was, string words)
    {
        Log.Information(was ? words : "Nothing was set for '{Host}'", name);
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
