using ContainerHost.Errors;

namespace ContainerHost.Specification;

/// <summary>The most that the cache may take, as users write it.</summary>
public static class CacheSize
{
    private static readonly ByteSize Default = ByteSize.FromGiB(50);

    /// <summary>In bytes: 50 GiB for null; with 0 nothing is kept that no host uses.</summary>
    /// <exception cref="InvalidInputException">It is no size.</exception>
    public static long Read(string? text) =>
        text switch
        {
            null => Default.Bytes,
            "0" => 0,
            _ when ByteSize.TryParse(text, out var size) => size.Bytes,
            _ => throw new InvalidInputException([
                $"--cache-size '{text}' is not valid. Allowed: a whole number with a unit, like 20GiB, or 0.",
            ]),
        };
}
