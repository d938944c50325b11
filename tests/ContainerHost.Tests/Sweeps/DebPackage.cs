using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ContainerHost.Tests.Sweeps;

/// <summary>Files that are had by HTTP: a package and the releases; of each address its own bytes.</summary>
internal static class DebPackage
{
    private const string Address = "http://deb.example/pool/runc_1.1.4_amd64.deb";

    public static byte[] BytesOf(Uri address) => Encoding.UTF8.GetBytes($"what is at {address}\n");

    public static string DigestOf(Uri address) => Convert.ToHexStringLower(SHA256.HashData(BytesOf(address)));

    /// <summary>What resolve-packages.py prints.</summary>
    public static string Resolution(bool isThere)
    {
        var address = new Uri(Address);
        var package = new
        {
            name = "runc",
            version = "1.1.4",
            uri = Address,
            file = "runc_1.1.4_amd64.deb",
            sha256 = DigestOf(address),
            size = BytesOf(address).Length,
        };
        return JsonSerializer.Serialize(
            new
            {
                names = new[] { "runc" },
                toInstall = isThere ? [] : new[] { package },
                all = new[] { package },
            }
        );
    }
}
