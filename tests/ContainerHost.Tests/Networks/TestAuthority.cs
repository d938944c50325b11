using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ContainerHost.Tests.Networks;

/// <summary>An authority that nobody knows, and certificates of servers that it signs.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset To = DateTimeOffset.UtcNow.AddDays(1);

    private readonly X509Certificate2 _own;

    public TestAuthority(string name = "Company Root")
    {
        var request = Request($"CN={name}", ECDsa.Create());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 1, true));
        _own = request.CreateSelfSigned(From, To);
    }

    public string Pem => _own.ExportCertificatePem();

    /// <summary>A certificate for a server of that name.</summary>
    public X509Certificate2 Sign(string name)
    {
        using var key = ECDsa.Create();
        var request = Request($"CN={name}", key);
        var names = new SubjectAlternativeNameBuilder();
        if (System.Net.IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_own, From, To, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        // Kestrel wants the key beside the certificate, not in memory alone.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private static CertificateRequest Request(string subject, ECDsa key) => new(subject, key, HashAlgorithmName.SHA256);
}
