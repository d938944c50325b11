using System.Globalization;

namespace ContainerHost.Specification;

/// <summary>A size in bytes, written with binary units: 512MiB, 2GiB.</summary>
internal readonly record struct ByteSize(long Bytes)
{
    private static readonly (string Name, long Factor)[] Units =
    [
        ("TiB", 1L << 40),
        ("GiB", 1L << 30),
        ("MiB", 1L << 20),
        ("KiB", 1L << 10),
        ("B", 1),
    ];

    public static ByteSize FromMiB(long count) => new(count << 20);

    public static ByteSize FromGiB(long count) => new(count << 30);

    /// <summary>In whole mebibytes, rounded down; the unit QEMU and Hyper-V take memory in.</summary>
    public long MiB => Bytes >> 20;

    /// <summary>Reads a whole number followed by KiB, MiB, GiB or TiB, or by the first letter alone (case ignored, blanks allowed); false for anything else, zero included.</summary>
    public static bool TryParse(string? text, out ByteSize size)
    {
        size = default;
        var trimmed = (text ?? "").Trim();
        foreach (var (name, factor) in Units)
        {
            // Bytes have no shorter name: theirs ends all others.
            var unit = trimmed.EndsWith(name, StringComparison.OrdinalIgnoreCase) || factor == 1 ? name : name[..1];
            if (!trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                continue;
            var number = trimmed[..^unit.Length].TrimEnd();
            if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return false;
            if (count <= 0 || count > long.MaxValue / factor)
                return false;
            size = new ByteSize(count * factor);
            return true;
        }
        return false;
    }

    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <summary>In the largest unit that gives a whole number; <see cref="TryParse"/> reads it back.</summary>
    public override string ToString()
    {
        var bytes = Bytes;
        var (name, factor) = Units.First(unit => bytes % unit.Factor == 0 && (bytes != 0 || unit.Factor == 1));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor}{name}");
    }

    /// <summary>For people: one decimal in the largest unit that fits, such as 1.4 GiB.</summary>
    public string ToHumanString()
    {
        var bytes = Bytes;
        var (name, factor) = Units.First(unit => bytes >= unit.Factor || unit.Factor == 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / factor:0.#} {name}");
    }
}
