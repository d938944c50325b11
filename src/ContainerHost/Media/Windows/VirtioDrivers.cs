using ContainerHost.Errors;
using ContainerHost.Media.Discs;
using ContainerHost.Specification;

namespace ContainerHost.Media.Windows;

/// <summary>Opens an ISO of virtio drivers (Fedora's virtio-win) and finds those for a Windows build.</summary>
internal static class VirtioDrivers
{
    // What a machine has of virtio, and the driver's file by which a folder is known to have it.
    private static readonly (string Driver, string File)[] Needed =
    [
        ("viostor", "viostor.inf"),
        ("NetKVM", "netkvm.inf"),
    ];

    /// <summary>The folders with the drivers for that build, as <c>viostor\2k22\amd64</c>.</summary>
    /// <exception cref="ContainerHostException">It is no ISO, or lacks a driver for that build.</exception>
    public static IReadOnlyList<string> Find(string path, int? build)
    {
        var windows = WindowsBuilds.Servers.LastOrDefault(one => one.Build <= build).DriverFolder;
        if (windows is null)
            throw Unusable(path, $"the build of the medium's Windows is {build?.ToString() ?? "not known"}");
        try
        {
            using var disc = DiscImage.Open(path);
            return [.. Needed.Select(one => Require(disc, path, $"{one.Driver}/{windows}/amd64", one.File))];
        }
        catch (InvalidDataException damaged)
        {
            throw Unusable(path, damaged.Message, damaged);
        }
    }

    private static string Require(DiscImage disc, string path, string folder, string file) =>
        disc.Find($"{folder}/{file}") is { IsFolder: false }
            ? folder.Replace('/', '\\')
            : throw Unusable(
                path,
                $"it has no {folder}/{file}; its root has {string.Join(", ", disc.RootNames().Take(12))}"
            );

    private static ContainerHostException Unusable(string path, string saw, Exception? inner = null) =>
        new(
            $"use {path} as a medium of virtio drivers",
            saw,
            "give Fedora's virtio-win.iso with --virtio-drivers, or use --devices Inbox.",
            inner: inner
        );
}
