using ContainerHost.Tests;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>A medium that starts by UEFI and asks for a key, as Windows' loader does.</summary>
internal static class AskingMedium
{
    // The firmware's own shell runs startup.nsh of a FAT image on the medium: it asks as Windows' loader does, and goes on at a key.
    private const string Startup = """
        cls
        echo Press any key to boot from CD or DVD......
        pause -q
        for %a run (1 40)
          echo set-up is at work
        endfor
        """;

    /// <summary>Makes it of a folder's files, which go onto it as well.</summary>
    public static async Task MakeAsync(string tree, string iso, CancellationToken cancellationToken)
    {
        var (script, fat) = ($"{iso}.nsh", Path.Combine(tree, "efi.img"));
        await File.WriteAllTextAsync(script, Startup.ReplaceLineEndings("\r\n"), cancellationToken);
        await RealTool.RunAsync("mformat", "-C", "-f", "1440", "-i", fat, "::");
        await RealTool.RunAsync("mcopy", "-i", fat, script, "::/startup.nsh");
        await RealTool.RunAsync(
            "xorriso",
            ["-as", "mkisofs", "-quiet", "-J", "-r", "-e", "efi.img", "-no-emul-boot", "-o", iso, tree]
        );
        File.Delete(script);
        Directory.Delete(tree, recursive: true);
    }
}
