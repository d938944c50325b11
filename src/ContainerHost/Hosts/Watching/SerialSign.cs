using System.Text.RegularExpressions;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Watching;

/// <summary>A line on the serial console that means that the guest will not come up, and how long it may still prove that wrong.</summary>
internal sealed partial record SerialSign(string Meaning, string Try, TimeSpan Grace, Regex Line)
{
    private const string Image =
        "look at the image, or at what the answer file changed; make the host anew with --recreate.";

    private static readonly SerialSign[] All =
    [
        // linux/kernel/panic.c; a guest that reboots by itself then (kernel.panic) is back in time or is told.
        new("its kernel panicked", Image, TimeLimits.ConsoleFailure, Panic()),
        // initramfs-tools, scripts/functions (panic) and scripts/local; dracut, modules.d/98dracut-systemd.
        new("it has no root file system and waits in its initramfs", Image, TimeLimits.ConsoleFailure, Initramfs()),
        // systemd, units/emergency.service and src/sulogin-shell.
        new("it stopped in emergency mode", Image, TimeLimits.ConsoleFailure, Emergency()),
        // SeaBIOS, src/boot.c; EDK II, BdsDxe; GRUB, kern/main.c.
        new("its firmware found nothing to boot", Image, TimeLimits.ConsoleFailure, NoBoot()),
        // cloud-init's units; ssh may come up all the same.
        new(
            "cloud-init failed in it",
            "correct the answer file if you gave one; the log of cloud-init is on its console.",
            TimeLimits.CloudInitFailure,
            CloudInit()
        ),
    ];

    /// <summary>The first sign in the text with its line; null when there is none.</summary>
    public static (SerialSign Sign, string Line)? Find(string text) =>
        All.Select(sign => (Sign: sign, Match: sign.Line.Match(text)))
            .Where(found => found.Match.Success)
            .Select(found => ((SerialSign, string)?)(found.Sign, found.Match.Value.Trim()))
            .FirstOrDefault();

    [GeneratedRegex(@"^.*Kernel panic - not syncing.*$", RegexOptions.Multiline)]
    private static partial Regex Panic();

    [GeneratedRegex(
        @"^.*(?:ALERT!.*does not exist|\(initramfs\)|dracut-initqueue.*timeout - starting timeout scripts).*$",
        RegexOptions.Multiline
    )]
    private static partial Regex Initramfs();

    [GeneratedRegex(
        @"^.*(?:You are in emergency mode|Cannot open access to console, the root account is locked).*$",
        RegexOptions.Multiline
    )]
    private static partial Regex Emergency();

    [GeneratedRegex(
        @"^.*(?:No bootable device|BdsDxe: No bootable option|grub rescue>|error: unknown filesystem).*$",
        RegexOptions.Multiline
    )]
    private static partial Regex NoBoot();

    [GeneratedRegex(@"^.*Failed to start (?:cloud-(?:init|config|final)|Cloud-init:).*$", RegexOptions.Multiline)]
    private static partial Regex CloudInit();
}
