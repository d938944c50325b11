using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ContainerHost.Errors;

namespace ContainerHost.Networks;

/// <summary>Whom a server's certificate may come from: this machine's authorities, and those of a PEM file.</summary>
internal static class TrustedAuthorities
{
    /// <exception cref="InvalidInputException">The file cannot be read, or has no certificate.</exception>
    public static SslClientAuthenticationOptions Options(string? pemFile)
    {
        var given = pemFile is null ? null : Read(pemFile);
        return new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None || IsOfGiven(given, certificate, chain, errors)
                    ? true
                    : throw new AuthenticationException(Reason((X509Certificate2?)certificate, chain, errors)),
        };
    }

    // The machine's own trust is asked first, and stays what it is.
    private static bool IsOfGiven(
        X509Certificate2Collection? given,
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors
    )
    {
        if (given is null || certificate is null || errors != SslPolicyErrors.RemoteCertificateChainErrors)
            return false;
        using var other = new X509Chain();
        other.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        other.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        other.ChainPolicy.CustomTrustStore.AddRange(given);
        if (chain is not null)
            other.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        return other.Build((X509Certificate2)certificate);
    }

    /// <summary>The certificates of a PEM file.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or has none.</exception>
    public static X509Certificate2Collection Read(string pemFile)
    {
        var found = new X509Certificate2Collection();
        // Opening a pipe waits for who writes into it, and this is read more than once.
        if (new FileInfo(pemFile) is { Exists: true, Length: 0 })
            throw new InvalidInputException([$"--ca-file '{pemFile}' is empty, or no plain file."]);
        try
        {
            found.ImportFromPemFile(pemFile);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException([$"--ca-file '{pemFile}' cannot be read: {wrong.Message}"]);
        }
        if (found.Count > 0 && found.All(one => one.NotAfter < TimeProvider.System.GetLocalNow().DateTime))
            throw new InvalidInputException([
                $"--ca-file '{pemFile}' has nothing that is still valid: {found[0].Subject} ended on {found[0].NotAfter:yyyy-MM-dd}.",
            ]);
        return found.Count > 0
            ? found
            : throw new InvalidInputException([
                $"--ca-file '{pemFile}' has no certificate. Allowed: a PEM file, with lines like -----BEGIN CERTIFICATE-----; 'openssl x509 -inform der -in FILE -out FILE.pem' makes one of DER.",
            ]);
    }

    private static string Reason(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return "the server shows no certificate";
        var names = $"the certificate is of {certificate.Subject}, issued by {certificate.Issuer}";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"{names}, and is for {Names(certificate)}";
        return $"{names}: {string.Join(", ", (chain?.ChainStatus ?? []).Select(one => one.Status).Distinct())}";
    }

    private static string Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? string.Join(", ", [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(one => $"{one}")])
            : "no name at all";
}
