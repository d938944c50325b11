using System.Text.Json.Nodes;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.EndToEnd;

/// <summary>Folders of this machine in a running guest, and in a container of it; there again after it was off, and gone with the last word of them.</summary>
internal static class MountTests
{
    public static async Task RunAsync(Suite suite, string name)
    {
        var folder = suite.FolderOf("mounted");
        var (src, data) = (Path.Combine(folder, "src"), Path.Combine(folder, "data"));
        Directory.CreateDirectory(Path.Combine(src, "sub"));
        Directory.CreateDirectory(data);
        File.WriteAllText(Path.Combine(src, "Grüße 日本.txt"), "from here\n");
        File.CreateSymbolicLink(Path.Combine(src, "sub", "link"), "../Grüße 日本.txt");
        File.CreateSymbolicLink(Path.Combine(src, "shadow"), "/etc/shadow");
        File.WriteAllText(Path.Combine(data, "file"), "only read\n");
        try
        {
            await RefusesAsync(suite, name, src);
            (await suite.BuildAsync("Mount", name, "--mount", $"{src}:/work,{data}:/srv/data:ro"))
                .ShouldEndWith(ExitCodes.Success)
                .Text.ShouldContain($"'{name}' has {src}:/work,{data}:/srv/data:ro");
            await ItIsThereAsync(suite, name, src);
            await AContainerSeesItAsync(suite, name);

            (await suite.BuildAsync("Stop", name)).ShouldEndWith(ExitCodes.Success);
            Serving(folder).ShouldBeEmpty();
            (await suite.BuildAsync("Start", name))
                .ShouldEndWith(ExitCodes.Success)
                .Text.ShouldNotContain("is there without");
            await ItIsThereAsync(suite, name, src);

            // What it has no more is taken away as it runs; the other stays.
            (await suite.BuildAsync("Unmount", name, "--mount", "/srv/data")).ShouldEndWith(ExitCodes.Success);
            (await AskAsync(suite, name, "ls /srv/data; cat /work/sub/link")).ShouldBe("from here");
            (await suite.BuildAsync("Unmount", name, "--mount", $"{src}:/work")).ShouldEndWith(ExitCodes.Success);
            (await AskAsync(suite, name, "ls /work; grep -c fuse.sshfs /proc/self/mountinfo || true")).ShouldBe("0");
            (await MountsAsync(suite, name)).ShouldBeEmpty();
            Serving(folder).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RefusesAsync(Suite suite, string name, string src)
    {
        var refused = await suite.BuildAsync("Mount", name, "--mount", $"/:/all,{src}:/etc/x,{src}-not:/work");
        refused.ShouldEndWith(ExitCodes.InvalidInput);
        foreach (var told in (string[])["All of this machine", "the guest's own system's", "no such folder"])
            refused.Text.ShouldContain(told);
        (await suite.BuildAsync("Mount", name, "--mount", $"{suite.HostOf(name).Path}:/work"))
            .ShouldEndWith(ExitCodes.InvalidInput)
            .Text.ShouldContain("the folder of hosts");
    }

    private static async Task ItIsThereAsync(Suite suite, string name, string src)
    {
        (await MountsAsync(suite, name)).ShouldBe([$"{src}:/work", $"{src[..^3]}data:/srv/data:ro"]);
        (await AskAsync(suite, name, "cat /work/sub/link; cat /srv/data/file")).ShouldBe("from here\nonly read");
        // The guest's own user has it, and what he writes is this user's here.
        await AskAsync(
            suite,
            name,
            "su admin -c 'echo from there > /work/über; chmod 750 /work/über; mv /work/über /work/moved'"
        );
        File.ReadAllText(Path.Combine(src, "moved")).ShouldBe("from there\n");
        new FileInfo(Path.Combine(src, "moved")).UnixFileMode.HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
        File.WriteAllText(Path.Combine(src, "moved"), "changed here, and longer\n");
        (await AskAsync(suite, name, "sleep 3; cat /work/moved")).ShouldBe("changed here, and longer");
        (await AskAsync(suite, name, "touch /srv/data/new 2>&1 || true")).ShouldContain("Read-only file system");
        // A link leads to the guest's own file, never to this machine's.
        (await AskAsync(suite, name, "cmp /work/shadow /etc/shadow && echo own")).ShouldBe("own");
    }

    private static async Task AContainerSeesItAsync(Suite suite, string name) =>
        (
            await AskAsync(
                suite,
                name,
                "containerhost run -v /work:/data localhost/containerhost-hello:1 /bin/busybox cat /data/sub/link"
            )
        ).ShouldBe("from here");

    private static IEnumerable<int> Serving(string folder) =>
        RunningProcess
            .List()
            .Where(one =>
                one.Words[0] == "bwrap" && one.Words.Any(word => word.StartsWith(folder, StringComparison.Ordinal))
            )
            .Select(one => one.Id);

    private static async Task<IEnumerable<string>> MountsAsync(Suite suite, string name)
    {
        var host = await suite.StatusOfAsync(name);
        host["problem"].ShouldBeNull();
        return ((JsonArray)host["mounts"]!).Select(one => one!.GetValue<string>());
    }

    private static async Task<string> AskAsync(Suite suite, string name, string command) =>
        (await suite.BuildAsync("Shell", name, "--json", "--command", command)).ShouldEndWith(ExitCodes.Success).Json[
            "standardOutput"
        ]!
            .GetValue<string>()
            .Trim();
}
