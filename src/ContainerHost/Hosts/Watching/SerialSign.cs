using System.Text.RegularExpressions;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Watching;

/// <summary>A line on the serial console that means that the guest will not come up, and how long it may still prove that wrong.</summary>
internal sealed partial record SerialSign(string Meaning, string Try, TimeSpan Grace, Regex Line)
{
    private const string Image =
        "look at the image, or at what the answer file changed; make the host anew with --recreate.";

    // A line of the guest's may be of any length; what is looked for is not.
    private const int LongestLine = 512;

    private static readonly SerialSign[] All =
    [
        // linux/kernel/panic.c.
        new(
            "its kernel panicked",
            "run the target again, which turns it off and on; if it panics again, " + Image,
            TimeLimits.ConsoleFailure,
            Panic()
        )
        {
            EndsByPowerCycle = true,
        },
        // linux/arch/x86/kernel/dumpstack.c and kernel/exit.c; much of such a guest may stand still, with its processors idle.
        new(
            "its kernel failed",
            "run the target again; under emulation kernels fail now and then, and more often on a busy machine.",
            TimeLimits.KernelFault,
            Oops()
        )
        {
            EndsByPowerCycle = true,
        },
        // initramfs-tools, scripts/functions (panic) and scripts/local.
        new("it has no root file system and waits in its initramfs", Image, TimeLimits.ConsoleFailure, Initramfs()),
        // systemd, units/emergency.service and src/sulogin-shell; dracut, modules.d/98dracut-systemd.
        new("it stopped in emergency mode", Image, TimeLimits.ConsoleFailure, Emergency()),
        // SeaBIOS, src/boot.c; EDK II, BdsDxe; GRUB, normal/main.c.
        new("its firmware found nothing to boot", Image, TimeLimits.ConsoleFailure, NoBoot()),
        // cloud-init's units; ssh may come up all the same.
        new(
            "cloud-init failed in it",
            "correct the answer file if you gave one; the log of cloud-init is on its console.",
            TimeLimits.CloudInitFailure,
            CloudInit()
        )
        {
            IsOfFirstBoot = true,
        },
    ];

    /// <summary>True where turning the machine off and on may help, once.</summary>
    public bool EndsByPowerCycle { get; private init; }

    /// <summary>True where it does no harm to a guest that was set up before.</summary>
    public bool IsOfFirstBoot { get; private init; }

    /// <summary>The first sign in what the newest boot wrote, with its line; null when there is none.</summary>
    public static (SerialSign Sign, string Line)? Find(string text, bool isFirstBoot)
    {
        var lines = text.Split('\n').Select(line => line.Length > LongestLine ? line[..LongestLine] : line).ToList();
        var begin = lines.FindLastIndex(Begins().IsMatch) + 1;
        foreach (var sign in All.Where(sign => isFirstBoot || !sign.IsOfFirstBoot))
        {
            var at = lines.FindIndex(begin, sign.Line.IsMatch);
            if (at >= 0 && !lines.Skip(at).Any(Reboots().IsMatch))
                return (sign, lines[at].Trim());
        }
        return null;
    }

    // What a kernel says first, and systemd where the kernel is quiet.
    [GeneratedRegex("Linux version |Welcome to (?!emergency|rescue)")]
    private static partial Regex Begins();

    [GeneratedRegex("Kernel panic - not syncing")]
    private static partial Regex Panic();

    [GeneratedRegex(@"\bOops: |exited with irqs disabled")]
    private static partial Regex Oops();

    // With kernel.panic, by linux/kernel/panic.c.
    [GeneratedRegex(@"Rebooting in \d+ seconds")]
    private static partial Regex Reboots();

    [GeneratedRegex(@"ALERT!.*does not exist|^\(initramfs\)")]
    private static partial Regex Initramfs();

    [GeneratedRegex(
        "You are in emergency mode|Entering emergency mode|Cannot open access to console, the root account is locked"
    )]
    private static partial Regex Emergency();

    [GeneratedRegex("No bootable device|BdsDxe: No bootable option|grub rescue>|Minimal BASH-like line editing")]
    private static partial Regex NoBoot();

    [GeneratedRegex(
        @"Failed to start (?:cloud-(?:init|config|final)(?:-local|-main|-network)?(?:\.service| - )|Cloud-init: )"
    )]
    private static partial Regex CloudInit();
}
