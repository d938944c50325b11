using ContainerHost.Errors;

namespace ContainerHost.Specification;

/// <summary>
/// What the user typed, as text, turned into a <see cref="HostSpec"/> whole with every problem told at once. Null means not typed:
/// an existing host keeps what it has, a new one takes the default.
/// </summary>
public sealed record HostRequest
{
    /// <summary><c>--name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>--provider</c>.</summary>
    public string? Provider { get; init; }

    /// <summary><c>--guest</c>.</summary>
    public string? Guest { get; init; }

    /// <summary><c>--cpus</c>.</summary>
    public string? Cpus { get; init; }

    /// <summary><c>--memory</c>.</summary>
    public string? Memory { get; init; }

    /// <summary><c>--disk-size</c>.</summary>
    public string? DiskSize { get; init; }

    /// <summary><c>--isolation</c>.</summary>
    public string? Isolation { get; init; }

    /// <summary><c>--vm-isolation</c>.</summary>
    public string? VmIsolation { get; init; }

    /// <summary><c>--runtime</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary><c>--runtime-version</c>.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary><c>--locked</c>: the host is made from its lock file alone.</summary>
    public bool Locked { get; init; }

    /// <summary><c>--lock-file</c>: another lock file than the host's own.</summary>
    public string? LockFile { get; init; }

    /// <summary><c>--disk-image</c>.</summary>
    public string? DiskImage { get; init; }

    /// <summary><c>--disk-image-sha256</c>.</summary>
    public string? DiskImageSha256 { get; init; }

    /// <summary><c>--edition</c>.</summary>
    public string? Edition { get; init; }

    /// <summary><c>--iso</c>.</summary>
    public string? Iso { get; init; }

    /// <summary><c>--iso-sha256</c>.</summary>
    public string? IsoSha256 { get; init; }

    /// <summary><c>--catalog</c>.</summary>
    public string? Catalog { get; init; }

    /// <summary><c>--installation</c>.</summary>
    public string? Installation { get; init; }

    /// <summary><c>--devices</c>.</summary>
    public string? Devices { get; init; }

    /// <summary><c>--virtio-drivers</c>.</summary>
    public string? VirtioDrivers { get; init; }

    /// <summary><c>--virtio-drivers-sha256</c>.</summary>
    public string? VirtioDriversSha256 { get; init; }

    /// <summary><c>--openssh</c>.</summary>
    public string? OpenSsh { get; init; }

    /// <summary><c>--openssh-package</c>.</summary>
    public string? OpenSshPackage { get; init; }

    /// <summary><c>--openssh-package-sha256</c>.</summary>
    public string? OpenSshPackageSha256 { get; init; }

    /// <summary><c>--guest-shell</c>.</summary>
    public string? GuestShell { get; init; }

    /// <summary><c>--container-subnet</c>.</summary>
    public string? ContainerSubnet { get; init; }

    /// <summary><c>--docker-archive</c>.</summary>
    public string? DockerArchive { get; init; }

    /// <summary><c>--docker-archive-sha256</c>.</summary>
    public string? DockerArchiveSha256 { get; init; }

    /// <summary><c>--base-image</c>.</summary>
    public string? BaseImage { get; init; }

    /// <summary><c>--accept-license</c>.</summary>
    public bool AcceptLicense { get; init; }

    /// <summary><c>--answer-file</c>.</summary>
    public string? AnswerFile { get; init; }

    /// <summary><c>--password</c>; a secret, kept out of <see cref="object.ToString"/>, and never part of the spec.</summary>
    public string? Password { get; init; }

    /// <summary><c>--switch</c>.</summary>
    public string? Switch { get; init; }

    /// <summary><c>--create-switch-on</c>.</summary>
    public string? CreateSwitchOn { get; init; }

    /// <summary><c>--hyper-v-host</c>.</summary>
    public string? HyperVHost { get; init; }

    /// <summary><c>--hyper-v-transport</c>.</summary>
    public string? HyperVTransport { get; init; }

    /// <summary><c>--hyper-v-authentication</c>.</summary>
    public string? HyperVAuthentication { get; init; }

    /// <summary><c>--hyper-v-user</c>.</summary>
    public string? HyperVUser { get; init; }

    /// <summary><c>--hyper-v-password</c>; a secret like <see cref="Password"/>.</summary>
    public string? HyperVPassword { get; init; }

    /// <summary><c>--timeout</c>.</summary>
    public string? Timeout { get; init; }

    /// <summary>The medium whose licence terms are still to be accepted, for whoever can ask; null when there is none.</summary>
    public WindowsMedium? TermsToAccept =>
        AcceptLicense || DiskImage is not null || Guest is null ? null : MediaCatalog.Read(Catalog, []).Find(Guest);

    /// <summary>Turns the request into a spec, over <paramref name="existing"/> where the host is already there.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong; the error lists all of it.</exception>
    public HostSpec ToSpec(HostSpec? existing = null)
    {
        var reader = new HostRequestReader(this, existing);
        var spec = reader.Read();
        return reader.Problems.Count == 0 ? spec : throw new InvalidInputException(reader.Problems);
    }

    /// <summary>The name alone, without the secret.</summary>
    public override string ToString() => $"request for host '{Name ?? HostName.Default.Value}'";
}
