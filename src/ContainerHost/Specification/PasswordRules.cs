namespace ContainerHost.Specification;

/// <summary>What Windows Server demands of a password (Microsoft's "Password must meet complexity requirements").</summary>
internal static class PasswordRules
{
    /// <summary>True with three of: capitals, small letters, digits, other characters. One out of 50 random ones would lack digits.</summary>
    public static bool IsComplex(string password)
    {
        bool[] kinds =
        [
            password.Any(char.IsUpper),
            password.Any(char.IsLower),
            password.Any(char.IsAsciiDigit),
            password.Any(c => !char.IsLetterOrDigit(c)),
        ];
        return kinds.Count(kind => kind) >= 3;
    }
}
