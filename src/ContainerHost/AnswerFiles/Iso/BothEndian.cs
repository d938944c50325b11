using System.Buffers.Binary;

namespace ContainerHost.AnswerFiles.Iso;

/// <summary>ISO 9660's numbers are written twice: little-endian, then big-endian (ECMA-119, 7.2.3 and 7.3.3).</summary>
internal static class BothEndian
{
    public static void Write32(Span<byte> target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, value);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], value);
    }

    public static void Write16(Span<byte> target, short value)
    {
        BinaryPrimitives.WriteInt16LittleEndian(target, value);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], value);
    }
}
