using System.Text.RegularExpressions;

namespace ContainerHost.Hosts.Watching;

/// <summary>How far a guest's boot is, by what its own programs say on the console; what says nothing there, such as a quiet kernel, is not guessed.</summary>
internal static partial class BootStage
{
    // A line of the guest's may be of any length; what is looked for is not.
    private const int LongestLine = 512;

    // The first of them begin a boot.
    private const int Beginnings = 4;

    private static readonly (string Name, Regex Line)[] All =
    [
        // linux/kernel/reboot.c (kernel_restart).
        ("restart", Restart()),
        // SeaBIOS, src/bootsplash.c (enable_vga_console) and src/boot.c; EDK II, BdsDxe.
        ("firmware", Firmware()),
        // GRUB, grub-core/kern/main.c.
        ("boot loader", BootLoader()),
        // linux/init/version.c (linux_banner).
        ("kernel", Kernel()),
        // initramfs-tools, init.
        ("initial RAM disk", RamDisk()),
        // systemd, src/core/main.c ("Welcome to ...!") and src/core/job.c; its generators tell more than it does where it is quiet.
        ("systemd", Systemd()),
        // cloudinit/cmd/main.py (WELCOME_MSG_TPL; main_init, main_modules); the names are those of
        // https://docs.cloud-init.io/en/latest/explanation/boot.html
        ("cloud-init: local", CloudInitLocal()),
        ("cloud-init: network", CloudInitNetwork()),
        ("cloud-init: config", CloudInitConfig()),
        ("cloud-init: final", CloudInitFinal()),
    ];

    /// <summary>The furthest stage of the newest boot; null where its console tells of none.</summary>
    public static string? Find(string text)
    {
        string? furthest = null;
        var reached = -1;
        foreach (var line in text.Split('\n'))
        {
            var start = line.Length > LongestLine ? line[..LongestLine] : line;
            var at = Array.FindLastIndex(All, stage => stage.Line.IsMatch(start));
            // systemd goes on telling while cloud-init is at work; only a boot begins again.
            if (at > reached || at is >= 0 and < Beginnings)
                (reached, furthest) = (at, All[at].Name);
        }
        return furthest;
    }

    [GeneratedRegex("reboot: Restarting system")]
    private static partial Regex Restart();

    [GeneratedRegex(@"SeaBIOS \(version |^Booting from |BdsDxe: (?:loading|starting) ")]
    private static partial Regex Firmware();

    [GeneratedRegex("Welcome to GRUB!|^GRUB loading")]
    private static partial Regex BootLoader();

    [GeneratedRegex(@"(?:^|\] )Linux version ")]
    private static partial Regex Kernel();

    [GeneratedRegex("^Loading, please wait|^Begin: ")]
    private static partial Regex RamDisk();

    [GeneratedRegex(@"^Welcome to (?!GRUB|emergency|rescue).+!|^\[ {2}OK {2}\] |\] systemd(?:-[a-z-]+)?\[\d+\]: ")]
    private static partial Regex Systemd();

    [GeneratedRegex("Cloud-init v.* running 'init-local'")]
    private static partial Regex CloudInitLocal();

    [GeneratedRegex("Cloud-init v.* running 'init'")]
    private static partial Regex CloudInitNetwork();

    [GeneratedRegex("Cloud-init v.* running 'modules:config'")]
    private static partial Regex CloudInitConfig();

    [GeneratedRegex("Cloud-init v.* running 'modules:final'")]
    private static partial Regex CloudInitFinal();
}
