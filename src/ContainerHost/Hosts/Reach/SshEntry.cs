using System.Text.Json.Serialization;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Reach;

/// <summary>How OpenSSH's client, and what calls it, reaches a host.</summary>
public sealed record SshEntry
{
    /// <summary>The host's name, which is what is typed.</summary>
    public required HostName Name { get; init; }

    /// <summary>The address that the guest's SSH server is reached at.</summary>
    public required string Address { get; init; }

    /// <summary>Its TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>Who logs in.</summary>
    public required string User { get; init; }

    /// <summary>The absolute path of the private key, in OpenSSH's format.</summary>
    public required string KeyFile { get; init; }

    /// <summary>The absolute path of the file that has the guest's host key, under the host's name (HostKeyAlias).</summary>
    public required string KnownHostsFile { get; init; }

    /// <summary>The guest's host key as <c>ssh-ed25519 AAAA...</c>.</summary>
    public required string HostKey { get; init; }

    /// <summary>The entry as ssh_config(5) has it, a line each.</summary>
    [JsonIgnore]
    public string Text =>
        $"Host {Name}\n" + string.Concat(Options.Select(option => $"  {option.Key} {option.Value}\n"));

    /// <summary>The options of ssh_config(5), with values as they stand behind <c>-o Key=</c> too. What a user has for all hosts must not hand his agent or screen to a guest.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Options =>
        [
            new("HostName", Address),
            new("Port", $"{Port}"),
            new("User", User),
            new("IdentityFile", SshValue.OfPath(KeyFile)),
            new("IdentitiesOnly", "yes"),
            new("UserKnownHostsFile", SshValue.OfPath(KnownHostsFile)),
            new("HostKeyAlias", Name.Value),
            new("StrictHostKeyChecking", "yes"),
            new("UpdateHostKeys", "no"),
            new("ProxyCommand", "none"),
            new("ForwardAgent", "no"),
            new("ForwardX11", "no"),
        ];
}
