namespace ContainerHost.AnswerFiles.Iso;

/// <summary>A record of a folder (ECMA-119, 9.1).</summary>
internal static class IsoDirectoryRecord
{
    private const int Fixed = 33;

    public static int SizeOf(ReadOnlySpan<byte> name) => (Fixed + name.Length + 1) & ~1;

    public static int Write(
        Span<byte> target,
        ReadOnlySpan<byte> name,
        int sector,
        int size,
        bool folder,
        DateTimeOffset at
    )
    {
        var length = SizeOf(name);
        target[0] = (byte)length;
        BothEndian.Write32(target[2..], sector);
        BothEndian.Write32(target[10..], size);
        var utc = at.UtcDateTime;
        target[18] = (byte)(utc.Year - 1900);
        target[19] = (byte)utc.Month;
        target[20] = (byte)utc.Day;
        target[21] = (byte)utc.Hour;
        target[22] = (byte)utc.Minute;
        target[23] = (byte)utc.Second;
        target[25] = (byte)(folder ? 2 : 0);
        BothEndian.Write16(target[28..], 1);
        target[32] = (byte)name.Length;
        name.CopyTo(target[Fixed..]);
        return length;
    }
}
