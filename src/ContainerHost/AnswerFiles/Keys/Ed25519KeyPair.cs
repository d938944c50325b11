using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;

namespace ContainerHost.AnswerFiles.Keys;

/// <summary>An Ed25519 key pair in OpenSSH's formats (PROTOCOL.key of OpenSSH). .NET 10 has no Ed25519, so BouncyCastle makes the key.</summary>
internal sealed record Ed25519KeyPair(string PrivateKey, string PublicKey)
{
    private const string Algorithm = "ssh-ed25519";

    /// <summary>A new pair from the system's random numbers; the private key is a secret, unencrypted.</summary>
    public static Ed25519KeyPair Generate(string comment)
    {
        var seed = RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize);
        var publicKey = new Ed25519PrivateKeyParameters(seed).GeneratePublicKey().GetEncoded();
        var publicBlob = Blob(Encoding.ASCII.GetBytes(Algorithm), publicKey);
        return new Ed25519KeyPair(
            PrivateText(seed, publicKey, publicBlob, comment),
            $"{Algorithm} {Convert.ToBase64String(publicBlob)} {comment}"
        );
    }

    /// <summary>The key's type and number without the comment, as it stands in known_hosts.</summary>
    public string PublicKeyWithoutComment => string.Join(' ', PublicKey.Split(' ').Take(2));

    /// <summary>The fixed text that shows the key's type and number only, never the private half.</summary>
    public override string ToString() => PublicKey;

    private static string PrivateText(byte[] seed, byte[] publicKey, byte[] publicBlob, string comment)
    {
        // The same random number twice lets a reader see that decryption worked; it must be there even without encryption.
        var check = RandomNumberGenerator.GetBytes(4);
        byte[] secret =
        [
            .. check,
            .. check,
            .. Blob(
                Encoding.ASCII.GetBytes(Algorithm),
                publicKey,
                [.. seed, .. publicKey],
                Encoding.UTF8.GetBytes(comment)
            ),
        ];
        var padding = Enumerable.Range(1, (8 - secret.Length % 8) % 8).Select(n => (byte)n);
        var none = Encoding.ASCII.GetBytes("none");
        byte[] file =
        [
            .. "openssh-key-v1\0"u8,
            .. Blob(none, none, []),
            0,
            0,
            0,
            1,
            .. Blob(publicBlob, [.. secret, .. padding]),
        ];
        return new string(PemEncoding.Write("OPENSSH PRIVATE KEY", file)) + "\n";
    }

    private static byte[] Blob(params byte[][] parts)
    {
        var blob = new List<byte>();
        foreach (var part in parts)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            blob.AddRange(length);
            blob.AddRange(part);
        }
        return [.. blob];
    }
}
