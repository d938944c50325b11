using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles;

/// <summary>Who a guest is and who may log in; made before the guest exists, so that nothing is trusted on first use.</summary>
internal sealed record GuestIdentity
{
    /// <summary>The guest's host name.</summary>
    public required HostName Name { get; init; }

    /// <summary>A new id for each machine made; cloud-init's instance id, and QEMU's and the guest's system UUID.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>The user that may log in with password and key and use sudo.</summary>
    public required string User { get; init; }

    /// <summary>The password's SHA-512 crypt hash (<c>$6$</c>); the password itself goes nowhere near the medium.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Our public key, as a line for authorized_keys.</summary>
    public required string AuthorizedKey { get; init; }

    /// <summary>The guest's own Ed25519 host key, in OpenSSH's private format (a secret).</summary>
    public required string HostPrivateKey { get; init; }

    /// <summary>The public half of the host key, as <c>ssh-ed25519 AAAA...</c>.</summary>
    public required string HostPublicKey { get; init; }

    /// <summary>The name alone: the rest has secrets.</summary>
    public override string ToString() => $"identity of '{Name}'";
}
