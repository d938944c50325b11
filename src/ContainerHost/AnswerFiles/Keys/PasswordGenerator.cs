using System.Security.Cryptography;

namespace ContainerHost.AnswerFiles.Keys;

/// <summary>Makes passwords that can be read aloud: 24 characters, none that looks like another.</summary>
public static class PasswordGenerator
{
    private const string Characters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A new password with some 139 bits of randomness.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Characters, 24);
}
