using Build.Tests.Bootstrap;
using ContainerHost.Media.DebianImage;
using ContainerHost.Processes;
using ContainerHost.Tests;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>Debian as vendors ship it, made by a script from this machine's own sources: partitions, GRUB, cloud-init as it comes, no lists of packages.</summary>
internal static class ForeignImage
{
    /// <summary>Makes the image of a release, whose network is set up by netplan or ifupdown, and which starts by both firmwares or by UEFI only; a minute or two, as root.</summary>
    public static async Task<string> MakeAsync(string release, string network, string firmware, string folder)
    {
        Directory.CreateDirectory(folder);
        var sources = Path.Combine(folder, "sources.list");
        await File.WriteAllTextAsync(
            sources,
            string.Join('\n', AptSources.Of(release, "/etc/apt", AptIndexes.OfMachine)) + "\n",
            Token
        );
        var image = Path.Combine(folder, $"{release}.qcow2");
        var script = Path.Combine(
            Repository.Root,
            "tests",
            "ContainerHost.EndToEnd",
            "Harness",
            "make-foreign-image.sh"
        );
        foreach (var tool in (string[])["mmdebstrap", "mformat", "qemu-img"])
            RealTool.Require(tool);
        await RealTool.RunAsync(new Command("sh", script, release, sources, image, network, firmware));
        return image;
    }
}
