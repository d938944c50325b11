using System.Text.Json;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Tests.Sweeps;

/// <summary>What ctr 2 and buildah print in a scripted guest, and containers of the checks' image.</summary>
internal static class ScriptedContainerd
{
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    private const string Config = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    public static string Ctr(DebianState guest, IReadOnlyList<string> words)
    {
        words.Take(2).ShouldBe(["--namespace", "containerhost"]);
        if (!guest.IsActive)
            throw new InvalidOperationException(
                "ctr: failed to dial \"/run/containerd/containerd.sock\": connection error"
            );
        return words.Skip(2).ToArray() switch
        {
            ["version"] => "Client:\n  Version:  v2.1.4\n  Revision: 75cb2b7\n\nServer:\n  Version:  v2.1.4\n",
            ["images", "list", var filter] => ListImages(guest, filter["name==".Length..]),
            ["images", "import", var archive] => Import(guest, archive),
            ["images", "mount", .., var root] => guest.Root = root,
            ["images", "unmount", .., var root] => Unmount(guest, root),
            ["content", "get", Digest] => $$"""{"schemaVersion":2,"config":{"digest":"{{Config}}"},"layers":[]}""",
            ["content", "get", Config] => """{"os":"linux","architecture":"amd64","config":{"Cmd":["/hello"]}}""",
            ["run", "--rm", .. var rest] => Run(guest, rest),
            ["containers", "create", .. var rest] => Create(guest, rest),
            ["containers", "list", "--quiet"] => string.Concat(guest.Containers.Keys.Select(name => $"{name}\n")),
            ["containers", "rm", var name] => Remove(guest, name),
            ["tasks", "start", "--detach", var name] => Set(guest, name, running: true),
            ["tasks", "kill", "--signal", _, var name] => Set(guest, name, running: false),
            ["tasks", "delete", _] => "",
            ["tasks", "exec", "--exec-id", _, "--", var name, ..] => guest.Containers[name] ? "inside\n" : "",
            ["tasks", "list"] => "TASK    PID    STATUS\n"
                + string.Concat(
                    guest.Containers.Select(one => $"{one.Key}    7    {(one.Value ? "RUNNING" : "STOPPED")}\n")
                ),
            _ => throw new InvalidOperationException($"ctr: no such command: {string.Join(' ', words)}"),
        };
    }

    public static string Buildah(DebianState guest, IReadOnlyList<string> words)
    {
        if (!guest.HasPackages)
            throw new InvalidOperationException("buildah: command not found");
        switch (words.ToArray())
        {
            case ["bud", "--quiet", "--tag", var image, _]:
                guest.BuiltImages.Add(image);
                break;
            case ["push", "--quiet", var image, var target]:
                guest.BuiltImages.ShouldContain(image);
                guest.Uploads.Add(target.Split(':')[1]);
                break;
            case ["rmi", var image]:
                guest.BuiltImages.Remove(image);
                break;
        }
        return "";
    }

    /// <summary>What micro-vm.py prints.</summary>
    public static string MicroVm(DebianState guest, string job)
    {
        using var read = JsonDocument.Parse(job);
        if (read.RootElement.GetProperty("root").GetString() != guest.Root)
            throw new InvalidOperationException("the container's root is not mounted");
        var line = read.RootElement.GetProperty("command").EnumerateArray().Last().GetString()!;
        var output = Output(guest, line, $"{Guid.NewGuid()}", "");
        return JsonSerializer.Serialize(
            new
            {
                exitCode = 0,
                output,
                error = "",
                console = output,
            }
        );
    }

    private static string Run(DebianState guest, string[] words)
    {
        var (name, line) = Parse(guest, words);
        return Output(guest, line, guest.BootId, name);
    }

    private static string Create(DebianState guest, string[] words)
    {
        var (name, _) = Parse(guest, words);
        return guest.Containers.TryAdd(name, false)
            ? ""
            : throw new InvalidOperationException($"container \"{name}\": already exists");
    }

    private static (string Name, string Line) Parse(DebianState guest, string[] words)
    {
        var rest = words[(Array.IndexOf(words, "--") + 1)..];
        if (!guest.Images.Contains(rest[0]))
            throw new InvalidOperationException($"image \"{rest[0]}\": not found");
        if (!guest.Networks.Contains(rest[1]))
            throw new InvalidOperationException($"/run/netns/{rest[1]}: no such file or directory");
        return (rest[1], rest.Length > 2 ? rest[^1] : "");
    }

    private static string Output(DebianState guest, string line, string boot, string name)
    {
        if (line.Length == 0)
            return "Hello, world\n";
        var output = "";
        if (line.Contains("from a virtual machine", StringComparison.Ordinal))
            output += "Hello, world, from a virtual machine of my own\n";
        if (line.Contains(ContainerScript.TellKernel, StringComparison.Ordinal))
            output += $"boot={boot}\nkernel=6.1.0-28-amd64\n";
        if (line.Contains("/read-write/", StringComparison.Ordinal))
        {
            output += $"read={guest.Shared}wrote=no\n";
            guest.Shared = $"{ShareFolders.FromContainer}\n";
        }
        if (line.Contains("only-in-the-container", StringComparison.Ordinal))
            output += $"marker=x\ndebian=no\npid=1\nprocesses=4\nname={name}\naddress=10.88.0.5\n";
        return output;
    }

    private static string ListImages(DebianState guest, string image) =>
        "REF TYPE DIGEST SIZE PLATFORMS LABELS\n"
        + (
            guest.Images.Contains(image)
                ? $"{image} application/vnd.docker.distribution.manifest.v2+json {Digest} 1.9 MiB linux/amd64 -\n"
                : ""
        );

    private static string Import(DebianState guest, string archive)
    {
        if (!guest.Uploads.Contains(archive))
            throw new InvalidOperationException($"open {archive}: no such file or directory");
        guest.Images.Add(CheckContext.Image);
        return "";
    }

    private static string Unmount(DebianState guest, string root)
    {
        if (guest.Root != root)
            throw new InvalidOperationException($"{root}: not mounted");
        guest.Root = null;
        return root;
    }

    private static string Remove(DebianState guest, string name) =>
        guest.Containers.Remove(name) ? "" : throw new InvalidOperationException($"container \"{name}\": not found");

    private static string Set(DebianState guest, string name, bool running)
    {
        if (!guest.Containers.ContainsKey(name))
            throw new InvalidOperationException($"container \"{name}\": not found");
        guest.Containers[name] = running;
        return "";
    }
}
