using System.Globalization;
using System.Runtime.InteropServices;
using ContainerHost.Errors;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// Whom QEMU becomes where root starts it, once it has opened its files: a user of that machine's own, who owns nothing. A guest that breaks
/// out of the device model finds no rights, and no other machine's process.
/// </summary>
internal static class QemuUser
{
    // Free in systemd's table of users: above those of containers, below the half that some programs take for negative ("Users, Groups, UIDs and
    // GIDs on systemd Systems").
    private const uint First = 1_879_048_192;

    // CAP_SETGID and CAP_SETUID, without which it cannot be done; CAP_SYS_PTRACE, without which we would not know its files from another's.
    private const ulong Needed = (1UL << 6) | (1UL << 7) | (1UL << 19);

    private static readonly Version RunWith = new(9, 1);

    /// <summary>QEMU's arguments for it; none where the build is no root, or root without its powers, as in some containers.</summary>
    public static IReadOnlyList<string> ArgumentsFor(Guid instanceId, string version) =>
        !CanBecomeAnother() ? []
        // Since QEMU 9.1; "-runas" is deprecated from there on.
        : Version.TryParse(version, out var told) && told >= RunWith ? ["-run-with", $"user={Of(instanceId)}"]
        : ["-runas", Of(instanceId)];

    /// <summary>User and group of a machine, as <c>uid:gid</c>.</summary>
    public static string Of(Guid instanceId)
    {
        var id = NumberOf(instanceId);
        return string.Create(CultureInfo.InvariantCulture, $"{id}:{id}");
    }

    /// <summary>The same as a number, of the user and of its group.</summary>
    public static uint NumberOf(Guid instanceId) =>
        First + (BitConverter.ToUInt32(instanceId.ToByteArray()) & 0xFF_FFFF);

    /// <summary>Makes a file, socket or folder that user's own, and its group's.</summary>
    public static void Give(string path, uint user)
    {
        if (ChangeOwner(path, user, user) != 0)
            throw new ContainerHostException(
                $"hand {path} over to QEMU's user",
                Marshal.GetLastPInvokeErrorMessage(),
                "see that TMPDIR names a folder on a file system with owners."
            );
    }

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    /// <summary>True where QEMU was, or may have been, started so that it is not who we are.</summary>
    public static bool CanBecomeAnother() =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && HasPowers();

    private static bool HasPowers()
    {
        try
        {
            var powers = File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("CapEff:", StringComparison.Ordinal));
            var held = ulong.Parse(
                powers["CapEff:".Length..].Trim(),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            );
            // In a user namespace there are fewer users than that.
            string[] all = ["0", "0", $"{uint.MaxValue}"];
            var users = File.ReadAllText("/proc/self/uid_map")
                .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            return (held & Needed) == Needed && users.SequenceEqual(all);
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or InvalidOperationException
            )
        {
            return false;
        }
    }
}
