using System.Security.Cryptography;
using System.Text;

namespace ContainerHost.AnswerFiles.Keys;

/// <summary>
/// The password hash of /etc/shadow, <c>$6$</c>, with its default of 5,000 rounds, after Ulrich Drepper's public specification
/// "Unix crypt using SHA-256 and SHA-512".
/// </summary>
internal static class Sha512Crypt
{
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Rounds = 5000;

    /// <summary>Hashes a password with a salt of 16 random characters.</summary>
    public static string Hash(string password) => Hash(password, RandomNumberGenerator.GetString(Alphabet, 16));

    /// <summary>Hashes a password with a given salt, of which at most 16 characters count.</summary>
    public static string Hash(string password, string salt)
    {
        var key = Encoding.UTF8.GetBytes(password);
        var shortSalt = salt[..Math.Min(16, salt.Length)];
        var seed = Encoding.UTF8.GetBytes(shortSalt);
        var digest = Begin(key, seed);
        var keyBytes = Stretch(SHA512.HashData(Repeat(key, key.Length)), key.Length);
        var saltBytes = Stretch(SHA512.HashData(Repeat(seed, 16 + digest[0])), seed.Length);
        for (var round = 0; round < Rounds; round++)
            digest = Round(round, digest, keyBytes, saltBytes);
        return $"$6${shortSalt}${Encode(digest)}";
    }

    private static byte[] Begin(byte[] key, byte[] salt)
    {
        var other = SHA512.HashData([.. key, .. salt, .. key]);
        var first = new List<byte>([.. key, .. salt, .. Stretch(other, key.Length)]);
        for (var bits = key.Length; bits > 0; bits >>= 1)
            first.AddRange((bits & 1) != 0 ? other : key);
        return SHA512.HashData([.. first]);
    }

    private static byte[] Round(int round, byte[] digest, byte[] key, byte[] salt)
    {
        var odd = (round & 1) != 0;
        byte[] input =
        [
            .. odd ? key : digest,
            .. round % 3 != 0 ? salt : [],
            .. round % 7 != 0 ? key : [],
            .. odd ? digest : key,
        ];
        return SHA512.HashData(input);
    }

    private static byte[] Repeat(byte[] bytes, int times) =>
        [.. Enumerable.Repeat(bytes, times).SelectMany(all => all)];

    private static byte[] Stretch(byte[] digest, int length) =>
        [.. Enumerable.Range(0, length).Select(i => digest[i % digest.Length])];

    // Base 64 of its own: least significant bits first, bytes taken 21 apart in rotation.
    private static string Encode(byte[] digest)
    {
        var text = new StringBuilder(86);
        for (int i = 0, a = 0, b = 21, c = 42; i < 21; i++, (a, b, c) = (b + 1, c + 1, a + 1))
            Append(text, (digest[a] << 16) | (digest[b] << 8) | digest[c], 4);
        return Append(text, digest[63], 2).ToString();
    }

    private static StringBuilder Append(StringBuilder text, int bits, int characters)
    {
        for (; characters > 0; characters--, bits >>= 6)
            text.Append(Alphabet[bits & 63]);
        return text;
    }
}
