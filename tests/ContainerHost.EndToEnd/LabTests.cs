using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>A lab of clones in several roles, on a network of their own, with one that cannot work at first.</summary>
internal static class LabTests
{
    private const string Serve =
        "systemd-run --unit page python3 -m http.server --bind 10.77.9.11 --directory /etc 8080";

    private const string Ask =
        "python3 -c 'import urllib.request as r; print(r.urlopen(\"http://db:8080/hostname\", timeout=60).read().decode())'";

    private static readonly string[] Hosts = ["db", "web-1", "web-2", "web-3", "bad", "late"];

    public static async Task RunAsync(Suite suite, string template)
    {
        var folder = Directory.CreateDirectory(suite.FolderOf("lab")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "serve.sh"), $"#!/bin/sh\n{Serve}\n", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "bad.sh"), "echo about to fail\nexit 7\n", Token);
        var file = Path.Combine(folder, "lab.yaml");
        await File.WriteAllTextAsync(
            file,
            $$"""
            version: 1
            name: demo
            defaults: {checks: 'login,identity'}
            hosts:
              db: {from: {{template}}, provision: serve.sh, private-network: 'demo:ip=10.77.9.11/24'}
              web: {from: {{template}}, count: 3, needs: db, private-network: 'demo:ip=10.77.9.21/24'}
              bad: {from: {{template}}, provision: [bad.sh]}
              late: {from: {{template}}, needs: bad}
            """,
            Token
        );

        var first = await LabAsync("LabUp");
        first.ShouldEndWith(ExitCodes.HostFailed).Text.ShouldContain("about to fail");
        first.Text.ShouldContain("late: not tried, since it needs 'bad'");
        (await suite.BuildAsync("Shell", "web-2", "--command", Ask))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("db");

        await File.WriteAllTextAsync(Path.Combine(folder, "bad.sh"), "echo fine now\n", Token);
        (await LabAsync("LabUp")).ShouldEndWith(ExitCodes.Success);
        var plan = (await LabAsync("LabPlan", "--json")).ShouldEndWith(ExitCodes.Success).Json.AsArray();
        plan.Select(step => step!["action"]!.GetValue<string>()).ShouldAllBe(action => action == "Keep");
        plan.Count.ShouldBe(Hosts.Length);
        (await LabAsync("LabStatus", "--json")).Json.AsArray().Count.ShouldBe(Hosts.Length);

        (await LabAsync("LabVerify"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("6 of 6 hosts of 'demo' passed");
        (await LabAsync("LabDown")).ShouldEndWith(ExitCodes.Success);
        foreach (var host in Hosts)
            suite.ShouldBeGone(host);
        (await LabAsync("LabDown")).ShouldEndWith(ExitCodes.Success).Text.ShouldContain("nothing to remove");
        Directory.Delete(folder, recursive: true);

        Task<BuildResult> LabAsync(string target, params string[] more) =>
            suite.BuildAsync(target, "unused", ["--lab", file, .. more]);
    }
}
