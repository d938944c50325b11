using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Runtimes.Packages;

/// <summary>An archive of real packages in a folder, and the real apt over it, with settings and a state of its own: this machine's are not touched.</summary>
internal sealed class AptArchive(string folder)
{
    private string Repository => Path.Combine(folder, "archive");

    /// <summary>Makes packages of those names, and the settings.</summary>
    public async Task MakeAsync(IEnumerable<string> packages)
    {
        foreach (var tool in (string[])["apt-get", "dpkg-deb", "dpkg-scanpackages", "python3"])
            RealTool.Require(tool);
        Directory.CreateDirectory(Repository);
        foreach (var name in packages)
        {
            var tree = Path.Combine(folder, "tree");
            Write(
                Path.Combine(tree, "DEBIAN", "control"),
                $"Package: {name}\nVersion: 1:2.0~x+y-1\nArchitecture: all\nMaintainer: x <x@example>\nDescription: x\n"
            );
            await RealTool.RunAsync("dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, Repository);
        }
        var index = await RealTool.RunAsync(
            new Command("dpkg-scanpackages", "--multiversion", ".") { WorkingDirectory = Repository }
        );
        Write(Path.Combine(Repository, "Packages"), index);
        Write(Path.Combine(folder, "status"), "");
        foreach (var empty in (string[])["state/lists/partial", "cache/archives/partial"])
            Directory.CreateDirectory(Path.Combine(folder, empty));
        Write(Path.Combine(folder, "etc", "sources.list"), $"deb [trusted=yes] file:{Repository} ./\n");
        Write(
            Path.Combine(folder, "apt.conf"),
            $"""
            Dir::State "{folder}/state";
            Dir::State::status "{folder}/status";
            Dir::Cache "{folder}/cache";
            Dir::Etc "{folder}/etc";
            Acquire::Languages "none";
            APT::Sandbox::User "root";
            """
        );
    }

    /// <summary>Runs lines of Python with everything of resolve-packages.py in reach, and returns what they print.</summary>
    public async Task<string> ResolveAsync(string osRelease, string code)
    {
        Write(Path.Combine(folder, "os-release"), osRelease);
        Write(Path.Combine(folder, "resolve_packages.py"), EmbeddedText.Load("Runtimes.Packages.resolve-packages.py"));
        var script = $"""
            import json, sys
            sys.path.insert(0, {Quoted(folder)})
            sys.dont_write_bytecode = True
            import resolve_packages as resolve
            resolve.LISTS = {Quoted(Path.Combine(folder, "state", "lists"))}
            resolve.OS_RELEASE = {Quoted(Path.Combine(folder, "os-release"))}
            {code}
            """;
        return await RealTool.RunAsync(
            new Command("python3", "-c", script)
            {
                Environment = new Dictionary<string, string?> { ["APT_CONFIG"] = Path.Combine(folder, "apt.conf") },
            }
        );
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Quoted(string text) => $"'{text}'";
}
