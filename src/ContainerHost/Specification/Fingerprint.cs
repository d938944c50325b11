using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ContainerHost.Specification;

/// <summary>Short hashes: the first hex digits of a SHA-256. They are kept in host.json and name folders, so none may change.</summary>
internal static class Fingerprint
{
    private const int Digits = 12;

    /// <summary>Of inputs, by their JSON.</summary>
    public static string Of<T>(T inputs) =>
        OfBytes(JsonSerializer.SerializeToUtf8Bytes(inputs, SpecificationJson.Options));

    public static string OfText(string text, int digits = Digits) => OfBytes(Encoding.UTF8.GetBytes(text), digits);

    public static string OfBytes(ReadOnlySpan<byte> bytes, int digits = Digits) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes))[..digits];

    /// <summary>Of a file's content, or "none" without a file, or where it is gone, empty or no plain file, whose opening might wait for ever.</summary>
    public static string OfFile(string? path) =>
        File.Exists(path) && new FileInfo(path).Length > 0 ? OfBytes(File.ReadAllBytes(path)) : "none";

    /// <summary>Of what a digest (lower-case hex) is known of.</summary>
    public static string OfDigest(string hex) => hex[..Digits];
}
