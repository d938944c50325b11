namespace ContainerHost.Tests.Fuzzing;

/// <summary>Damages inputs as disks, networks and liars do: bits, cuts, repeats, lengths, and pieces of the same input elsewhere. The same seed damages alike.</summary>
internal sealed class Mutator(int seed)
{
    // Where sizes and counts go wrong: limits of signed and unsigned numbers, and what text has in their place.
    private static readonly byte[][] Telling =
    [
        [0],
        [0xff],
        [0x7f, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        [0, 0, 0, 0, 0, 0, 0, 0],
        "null"u8.ToArray(),
        "{"u8.ToArray(),
        "["u8.ToArray(),
        "\""u8.ToArray(),
        "<"u8.ToArray(),
        "../"u8.ToArray(),
        "-1"u8.ToArray(),
        "99999999999999999999"u8.ToArray(),
        "\n"u8.ToArray(),
        [0xc3, 0x28],
        [0xed, 0xa0, 0x80],
    ];

    private readonly Random _random = new(seed);

    public byte[] Damage(byte[] whole)
    {
        var damaged = new List<byte>(whole);
        for (var hits = _random.Next(1, 6); hits > 0; hits--)
            Hit(damaged);
        return [.. damaged];
    }

    private void Hit(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 64), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2 when _random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, Telling[_random.Next(Telling.Length)]);
                break;
            default:
                Overwrite(bytes, at, Telling[_random.Next(Telling.Length)]);
                break;
        }
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (var i = 0; i < with.Length && at + i < bytes.Count; i++)
            bytes[at + i] = with[i];
    }
}
