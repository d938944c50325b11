using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ContainerHost.Files;

/// <summary>Why a file cannot be made or written: whose it is, or which link leads nowhere.</summary>
internal static class FileOwner
{
    // From <fcntl.h> and <linux/stat.h>; unlike that of stat, the layout of statx is the same on every processor.
    private const int CurrentFolder = -100;
    private const uint OwnerOnly = 0x8;
    private const int OwnersPlace = 20;

    /// <summary>One sentence on the nearest part of the path that explains it, or null when none does.</summary>
    public static string? Explain(string path, Exception refusal)
    {
        for (var part = Path.GetFullPath(path); part is not null; part = Path.GetDirectoryName(part))
        {
            // Path.Exists says that a link is there, wherever it leads.
            if (
                new FileInfo(part) is { LinkTarget: { } target } link
                && !Path.Exists(link.ResolveLinkTarget(returnFinalTarget: true)?.FullName)
            )
                return $"{part} is a link to {target}, which is not there";
            if (Path.Exists(part))
                return refusal is UnauthorizedAccessException && Of(part) is { } owner && owner != Environment.UserName
                    ? $"{part} belongs to {owner}, and {Environment.UserName} may not write there"
                    : null;
        }
        return null;
    }

    /// <summary>The owner's name, or number where it has none here; null where the system does not tell.</summary>
    private static string? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var answer = new byte[256];
        if (Statx(CurrentFolder, path, 0, OwnerOnly, answer) != 0)
            return null;
        var id = BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(OwnersPlace));
        var number = id.ToString(CultureInfo.InvariantCulture);
        return File.ReadLines("/etc/passwd")
                .Select(line => line.Split(':'))
                // Lines of NIS, such as "+", have no number.
                .FirstOrDefault(user => user is [_, _, var one, ..] && one == number)
                ?[0]
            ?? $"user {number}";
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(
        int folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint mask,
        byte[] answer
    );
}
