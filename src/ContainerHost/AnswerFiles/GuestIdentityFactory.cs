using ContainerHost.AnswerFiles.Keys;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles;

/// <summary>Makes a guest's identity before the guest exists, and keeps our half of it in the host's folder.</summary>
internal static class GuestIdentityFactory
{
    /// <summary>
    /// Makes both key pairs, hashes the password (a new one where none is given) and writes password, client key and pin to the folder;
    /// secrets are readable by their owner only.
    /// </summary>
    public static async Task<GuestIdentity> MakeAsync(
        HostName name,
        string user,
        Guid instanceId,
        string? password,
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        var hostKey = Ed25519KeyPair.Generate(name.Value);
        var clientKey = Ed25519KeyPair.Generate($"containerhost-{name}");
        var chosen = password ?? PasswordGenerator.Generate();
        await AtomicFile.WriteTextAsync(folder.Password, chosen + "\n", cancellationToken, secret: true);
        await AtomicFile.WriteTextAsync(folder.ClientKey, clientKey.PrivateKey, cancellationToken, secret: true);
        await AtomicFile.WriteTextAsync(folder.ClientPublicKey, clientKey.PublicKey + "\n", cancellationToken);
        // OpenSSH looks the pin up by this alias (HostKeyAlias), so that it holds whatever port the guest is reached at.
        await AtomicFile.WriteTextAsync(
            folder.KnownHosts,
            $"{name} {hostKey.PublicKeyWithoutComment}\n",
            cancellationToken
        );
        return new GuestIdentity
        {
            Name = name,
            User = user,
            InstanceId = instanceId,
            PasswordHash = Sha512Crypt.Hash(chosen),
            AuthorizedKey = clientKey.PublicKey,
            HostPrivateKey = hostKey.PrivateKey,
            HostPublicKey = hostKey.PublicKeyWithoutComment,
        };
    }
}
