using System.Security.Cryptography;
using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles.Keys;

/// <summary>Makes passwords that can be read aloud: 24 characters, none that looks like another, of all three kinds.</summary>
internal static class PasswordGenerator
{
    private const string Characters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A new password with some 138 bits of randomness.</summary>
    public static string Generate()
    {
        string password;
        do password = RandomNumberGenerator.GetString(Characters, 24);
        while (!PasswordRules.IsComplex(password));
        return password;
    }
}
