using System.Security.Cryptography;
using System.Text.Json;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>Short hashes of inputs.</summary>
internal static class Fingerprint
{
    /// <summary>The first 12 hex digits of the SHA-256 of the inputs' JSON.</summary>
    public static string Of<T>(T inputs) =>
        Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(inputs, SpecificationJson.Options))
        )[..12];

    /// <summary>The hash of a file's content, or "none" without a file.</summary>
    public static string OfFile(string? path) =>
        path is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..12];
}
