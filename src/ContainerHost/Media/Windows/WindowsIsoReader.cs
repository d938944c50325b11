using ContainerHost.Errors;
using ContainerHost.Media.Discs;
using ContainerHost.Media.Wims;
using ContainerHost.Specification;

namespace ContainerHost.Media.Windows;

/// <summary>Opens an ISO to see that it is what it claims: a medium that installs Windows Server, 64 bit, by UEFI, with the wanted edition.</summary>
internal static class WindowsIsoReader
{
    private const int Amd64 = 9;
    private const string UefiLoader = "efi/boot/bootx64.efi";
    private static readonly string[] WimPaths = ["sources/install.wim", "sources/install.esd"];

    /// <summary>Reads the medium's images.</summary>
    /// <exception cref="ContainerHostException">It is no medium that installs Windows by UEFI.</exception>
    public static WindowsIso Read(string path)
    {
        try
        {
            using var disc = DiscImage.Open(path);
            foreach (var wim in WimPaths)
            {
                if (disc.Find(wim) is not { IsFolder: false } file)
                    continue;
                if (disc.Find(UefiLoader) is null)
                    throw Unusable(path, $"it has no {UefiLoader}, so no machine of generation 2 starts from it");
                using var content = disc.OpenFile(file);
                return new WindowsIso(wim, WimFile.Read(content));
            }
            throw Unusable(
                path,
                $"it has no {WimPaths[0]}; its root has {string.Join(", ", disc.RootNames().Take(12))} ({disc.FileSystem})"
            );
        }
        catch (InvalidDataException damaged)
        {
            throw Unusable(path, damaged.Message, damaged);
        }
    }

    /// <summary>The image of an edition; one that is not there lists those that are.</summary>
    public static WimImage Find(WindowsIso iso, string path, WindowsEdition edition)
    {
        var (id, type) = Names(edition);
        var found = iso.Images.FirstOrDefault(image =>
            image.InstallationType == type && image.EditionId is { } known && WindowsKeys.PlainEdition(known) == id
        );
        if (found is null)
        {
            var there = iso.Images.Select(image =>
                $"{image.Index}: {image.Name} ({image.EditionId}, {image.InstallationType})"
            );
            throw new ContainerHostException(
                $"install {edition} from {path}",
                $"the medium has {string.Join("; ", there)}",
                "choose one of these with --edition, or another medium with --iso."
            );
        }
        if (found.Architecture is not (null or Amd64))
            throw Unusable(
                path,
                $"'{found.Name}' is not for 64-bit Intel and AMD processors (architecture {found.Architecture})"
            );
        // Others call the administrator otherwise (French: Administrateur), whom answer file and log-ins know by name.
        return found.Language is null || found.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase)
            ? found
            : throw Unusable(
                path,
                $"'{found.Name}' is {found.Language}; guests are set up from English media, where the administrator is 'Administrator'"
            );
    }

    private static (string Id, string Type) Names(WindowsEdition edition) =>
        edition switch
        {
            WindowsEdition.ServerDatacenterCore => ("ServerDatacenter", "Server Core"),
            WindowsEdition.ServerDatacenter => ("ServerDatacenter", "Server"),
            WindowsEdition.ServerStandardCore => ("ServerStandard", "Server Core"),
            WindowsEdition.ServerStandard => ("ServerStandard", "Server"),
            _ => throw new NotSupportedException($"nothing says which image {edition} is"),
        };

    private static ContainerHostException Unusable(string path, string saw, Exception? inner = null) =>
        new(
            $"use {path} as an installation medium",
            saw,
            "give an ISO of Windows Server with --iso; a ready disk goes to --disk-image.",
            inner: inner
        );
}
