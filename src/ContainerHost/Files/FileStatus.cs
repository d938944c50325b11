using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ContainerHost.Files;

/// <summary>What Linux knows of a file and .NET does not tell: its owner, and the room that it takes.</summary>
internal static class FileStatus
{
    // From <fcntl.h> and <linux/stat.h>; unlike that of stat, the layout of statx is the same on every processor.
    private const int CurrentFolder = -100;
    private const int NoLinks = 0x100;
    private const uint OwnerOnly = 0x8;
    private const uint BlocksOnly = 0x400;
    private const uint TypeOnly = 0x1;
    private const int OwnersPlace = 20;
    private const int ModesPlace = 28;
    private const int TypeMask = 0xF000;
    private const int PlainType = 0x8000;
    private const int BlocksPlace = 48;
    private const int Block = 512;

    /// <summary>The number of the owner, links followed; null where the system does not tell.</summary>
    public static uint? OwnerOf(string path) =>
        Ask(path, 0, OwnerOnly) is { } answer
            ? BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(OwnersPlace))
            : null;

    /// <summary>True for a file that is no pipe, socket or device, links followed; where the system does not tell, for all that is read like one.</summary>
    public static bool IsPlain(string path) =>
        Ask(path, 0, TypeOnly) is not { } answer
        || (BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(ModesPlace)) & TypeMask) == PlainType;

    /// <summary>The number of the user that this process is; null where users have none.</summary>
    public static uint? CurrentUser => OperatingSystem.IsLinux() ? EffectiveUser() : null;

    /// <summary>The bytes that a file takes on its disk, fewer than its length where it is sparse.</summary>
    public static long RoomOf(FileInfo file) =>
        Ask(file.FullName, NoLinks, BlocksOnly) is { } answer
            ? BinaryPrimitives.ReadInt64LittleEndian(answer.AsSpan(BlocksPlace)) * Block
            : LengthOf(file);

    /// <summary>The bytes that the files of a folder take on its disk, those of folders in it included; null where one may not look.</summary>
    public static long? RoomIn(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(RoomOf);
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // It may go while others work in its folder.
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static byte[]? Ask(string path, int flags, uint mask)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var answer = new byte[256];
        return Statx(CurrentFolder, path, flags, mask, answer) == 0 ? answer : null;
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

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
