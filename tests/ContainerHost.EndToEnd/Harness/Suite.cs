using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Networks;
using ContainerHost.Specification;
using ContainerHost.Tests;
using Serilog.Core;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>
/// What all tests share: one cache, one folder of hosts, both temporary. At the end it fails when a test left a process, a host or a file
/// behind, and cleans up.
/// </summary>
public sealed class Suite : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("containerhost-e2e-").FullName;

    private string Cache => FolderOf("cache");
    private string Hosts => FolderOf("hosts");
    private LocalFolders Folders => new(Hosts, Cache, FolderOf("reports"));

    /// <summary>A folder that belongs to one test; it must be empty again, or gone, when that test ends.</summary>
    internal string FolderOf(string test) => Path.Combine(_root, test);

    internal HostFolder HostOf(string name) => new(Path.Combine(Hosts, name));

    /// <summary>The library's services over the suite's folders.</summary>
    internal HostServices Services => LocalServices.Create(Folders, Logger.None, new NetworkAccess());

    /// <summary>Runs the build for a host of this suite to its end.</summary>
    internal async Task<BuildResult> BuildAsync(string target, string name, params IReadOnlyList<string> more)
    {
        using var build = Start(target, name, more);
        return await build.EndAsync(Token);
    }

    internal BuildProcess Start(string target, string name, params IReadOnlyList<string> more)
    {
        RequireQemu();
        IReadOnlyList<string> cache = more.Contains("--cache-directory") ? [] : ["--cache-directory", Cache];
        return BuildProcess.Start([target, "--name", name, "--hosts-directory", Hosts, .. cache, .. more]);
    }

    internal HostState StateOf(string name) =>
        HostName.TryParse(name, out var parsed)
            ? new HostStore(Hosts).Load(parsed)!
            : throw new ArgumentException(name);

    /// <summary>A host as the target Status tells it.</summary>
    internal async Task<JsonNode> StatusOfAsync(string name)
    {
        var status = (await BuildAsync("Status", name, "--json")).ShouldEndWith(ExitCodes.Success).Json.AsArray();
        return status.Single(one => one!["name"]!.GetValue<string>() == name)!;
    }

    /// <summary>Nothing is left of a host: no folder, no process.</summary>
    internal void ShouldBeGone(string name)
    {
        Directory.Exists(HostOf(name).Path).ShouldBeFalse();
        Leftovers.ProcessesOf(HostOf(name).Path).ShouldBeEmpty();
    }

    /// <summary>Skips the test where this machine has no QEMU, and fails it where one is expected.</summary>
    internal static void RequireQemu()
    {
        if (RealTool.IsThere("qemu-system-x86_64"))
            return;
        const string missing =
            "this machine has no qemu-system-x86_64; './build.sh CheckPrereqs --install-prereqs' installs it";
        if (Environment.GetEnvironmentVariable("CONTAINERHOST_EXPECT_QEMU") == "1")
            Assert.Fail(missing);
        Assert.Skip(missing);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var left = Leftovers.In(_root);
        foreach (var name in new HostStore(Hosts).List())
            await new HostRemover(Services).RemoveAsync(name, CancellationToken.None);
        Directory.Delete(_root, recursive: true);
        left.ShouldBeEmpty("tests left something behind");
    }
}
