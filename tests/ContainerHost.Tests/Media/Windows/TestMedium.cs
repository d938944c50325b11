namespace ContainerHost.Tests.Media.Windows;

/// <summary>Makes small installation media as Microsoft makes large ones: a real WIM by wimlib in a real ISO by genisoimage.</summary>
internal static class TestMedium
{
    public static readonly IReadOnlyList<(string Name, string Edition, string Type)> Server2022 =
    [
        ("Windows Server 2022 SERVERSTANDARDCORE", "ServerStandardEval", "Server Core"),
        ("Windows Server 2022 SERVERSTANDARD", "ServerStandardEval", "Server"),
        ("Windows Server 2022 SERVERDATACENTERCORE", "ServerDatacenterEval", "Server Core"),
        ("Windows Server 2022 SERVERDATACENTER", "ServerDatacenterEval", "Server"),
    ];

    /// <summary>A folder with the files of a medium: a WIM file with those images, and a boot loader.</summary>
    public static async Task<string> MakeTreeAsync(
        string folder,
        IEnumerable<(string Name, string Edition, string Type)> images,
        string architecture = "9",
        string language = "en-US"
    )
    {
        var (tree, content) = (Path.Combine(folder, "tree"), Path.Combine(folder, "content"));
        Directory.CreateDirectory(Path.Combine(tree, "sources"));
        Directory.CreateDirectory(Path.Combine(tree, "efi", "boot"));
        Directory.CreateDirectory(content);
        await File.WriteAllTextAsync(Path.Combine(content, "file.txt"), "what an image holds");
        await File.WriteAllTextAsync(Path.Combine(tree, "efi", "boot", "bootx64.efi"), "a loader");
        await File.WriteAllTextAsync(Path.Combine(tree, "setup.exe"), "set-up");
        var wim = Path.Combine(tree, "sources", "install.wim");
        var index = 0;
        foreach (var (name, edition, type) in images)
        {
            index++;
            var verb = index == 1 ? "capture" : "append";
            await RealTool.RunAsync("wimlib-imagex", verb, content, wim, name, "--compress=none");
            await RealTool.RunAsync(
                "wimlib-imagex",
                [
                    "info",
                    wim,
                    $"{index}",
                    .. Property("ARCH", architecture),
                    .. Property("EDITIONID", edition),
                    .. Property("INSTALLATIONTYPE", type),
                    .. Property("VERSION/BUILD", "20348"),
                    .. Property("LANGUAGES/DEFAULT", language),
                ]
            );
        }
        return tree;
    }

    /// <summary>An ISO of the folder; with UDF it has, as Microsoft's, its files there.</summary>
    public static async Task<string> MakeIsoAsync(string folder, string tree, params IReadOnlyList<string> options)
    {
        var iso = Path.Combine(folder, "medium.iso");
        await RealTool.RunAsync("genisoimage", ["-quiet", "-V", "SSS_X64FREE_EN-US_DV9", .. options, "-o", iso, tree]);
        return iso;
    }

    /// <summary>A medium of drivers with those files, as Fedora makes virtio-win.iso: long names in Joliet and Rock Ridge.</summary>
    public static async Task<string> MakeDriversAsync(string folder, params IReadOnlyList<string> files)
    {
        var tree = Path.Combine(folder, "drivers");
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree, file))!);
            await File.WriteAllTextAsync(Path.Combine(tree, file), "a driver");
        }
        var iso = Path.Combine(folder, "virtio-win-0.1.271.iso");
        await RealTool.RunAsync("genisoimage", "-quiet", "-J", "-R", "-o", iso, tree);
        return iso;
    }

    private static string[] Property(string name, string value) => ["--image-property", $"WINDOWS/{name}={value}"];
}
