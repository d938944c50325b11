using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ContainerHost.Media.DebianImage;
using ContainerHost.Processes;

namespace ContainerHost.Tests.AnswerFiles.CloudInit;

/// <summary>Debian's own cloud-init of two releases, unpacked and not installed: on a real machine it would set that up.</summary>
public sealed class CloudInitPackage : IAsyncLifetime
{
    public const string Bookworm = "bookworm";
    public const string Trixie = "trixie";

    // What it imports, from the release whose Python runs here.
    private static readonly string[] Imports =
    [
        .. "attr certifi chardet configobj idna jinja2 json-pointer jsonpatch jsonschema markupsafe netifaces oauthlib pyrsistent requests serial six urllib3 yaml"
            .Split(' ')
            .Select(name => $"python3-{name}"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("cloud-init-").FullName;
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await UnpackAsync();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            _missing = $"Debian's cloud-init cannot be had here: {failed.Message}";
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The examples of user data in the package's own documentation.</summary>
    public IReadOnlyList<string> Examples(string release)
    {
        Require();
        return
        [
            // The others are for the network's own file.
            .. Directory
                .EnumerateFiles(In(release, "usr/share/doc/cloud-init/examples"))
                .Where(path => !Path.GetFileName(path).StartsWith("network-config", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What cloud-init makes of each file.</summary>
    internal async Task<IReadOnlyList<JsonNode>> RenderAsync(string release, IReadOnlyList<string> files)
    {
        Require();
        var command = new Command("python3", [ScriptBeside(), In(release, "usr/lib/python3/dist-packages"), .. files])
        {
            Environment = new Dictionary<string, string?>
            {
                ["PYTHONPATH"] = In("imports", "usr/lib/python3/dist-packages"),
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
        };
        return [.. JsonNode.Parse(await RealTool.RunAsync(command))!.AsArray().Select(one => one!)];
    }

    private static string ScriptBeside([CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "render.py");

    private void Require()
    {
        if (_missing is not null && Environment.GetEnvironmentVariable("CONTAINERHOST_EXPECT_QEMU") == "1")
            Assert.Fail(_missing);
        Assert.SkipWhen(_missing is not null, _missing ?? "");
    }

    private async Task UnpackAsync()
    {
        var here = (await RunAsync("sh", "-c", ". /etc/os-release; echo \"$VERSION_CODENAME\"")).Trim();
        // The machine's own mirror has the other release too.
        var site = AptSources.Of(here, "/etc/apt", "/var/lib/apt/lists").First(source => source.Suite == here).Uri;
        await File.WriteAllLinesAsync(
            In("sources.list"),
            new[] { Bookworm, Trixie }.Select(release =>
                $"deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {site} {release} main"
            )
        );
        Directory.CreateDirectory(In("lists", "partial"));
        await AptAsync("update");
        foreach (var release in (string[])[Bookworm, Trixie])
            await UnpackAsync(release, [$"cloud-init/{release}"]);
        await UnpackAsync("imports", Imports.Select(name => $"{name}/{here}"));
    }

    private async Task UnpackAsync(string folder, IEnumerable<string> packages)
    {
        var downloads = Directory.CreateDirectory(In($"{folder}.debs")).FullName;
        await AptAsync(["download", .. packages], downloads);
        foreach (var package in Directory.EnumerateFiles(downloads))
            await RunAsync("dpkg-deb", "--extract", package, In(folder));
    }

    private Task AptAsync(string action) => AptAsync([action], _folder);

    // Lists and sources of its own: those of the machine stay as they are.
    private async Task AptAsync(IEnumerable<string> action, string folder) =>
        await RunAsync(
            new Command(
                "apt-get",
                [
                    "-qq",
                    $"-oDir::Etc::sourcelist={In("sources.list")}",
                    "-oDir::Etc::sourceparts=-",
                    $"-oDir::State::lists={In("lists")}",
                    $"-oDir::Cache={In("cache")}",
                    "-oDir::State::status=/dev/null",
                    "-oAPT::Sandbox::User=root",
                    .. action,
                ]
            )
            {
                WorkingDirectory = folder,
            }
        );

    private static Task<string> RunAsync(string program, params string[] arguments) =>
        RunAsync(new Command(program, arguments));

    private static async Task<string> RunAsync(Command command)
    {
        var result = await new ProcessRunner().RunAsync(command, CancellationToken.None);
        return result.Succeeded
            ? result.StandardOutput
            : throw new InvalidOperationException($"{command}: {result.StandardError}");
    }

    private string In(params string[] names) => Path.Combine([_folder, .. names]);
}
