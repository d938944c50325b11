using System.Text;

namespace ContainerHost.Networks;

/// <summary>User and password as HTTP has them (RFC 7617).</summary>
internal static class BasicCredentials
{
    public const string Scheme = "Basic";

    /// <summary>The words of a header; a token alone is a user without a password.</summary>
    public static string Of(string userInfo) => $"{Scheme} {Parameter(userInfo)}";

    public static string Parameter(string userInfo) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes(userInfo.Contains(':', StringComparison.Ordinal) ? userInfo : userInfo + ":")
        );
}
