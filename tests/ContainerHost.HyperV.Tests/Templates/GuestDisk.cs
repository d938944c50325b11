using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ContainerHost.HyperV.Tests.Templates;

/// <summary>What of a Debian guest's disk says who it is, and what a boot makes of it.</summary>
internal sealed record GuestDisk
{
    public string? InstanceId { get; init; }
    public string Name { get; init; } = "localhost";
    public string MachineId { get; init; } = "";
    public string? HostKey { get; init; }
    public string? Password { get; init; }
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>How often cloud-init installed packages.</summary>
    public int Installations { get; init; }

    public bool HasUser { get; init; }

    public static GuestDisk Read(string? content) =>
        content is null ? new GuestDisk() : JsonSerializer.Deserialize<GuestDisk>(content)!;

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>What become.py does when nobody waits.</summary>
    public GuestDisk Strip() =>
        this with
        {
            InstanceId = null,
            MachineId = "",
            HostKey = null,
            Password = $"!{Password}",
            Keys = [],
        };

    /// <summary>
    /// A boot with a medium: systemd draws a machine id where there is none, and cloud-init sets up a new instance. A user that is there gets the keys added, and of
    /// both passwords the one that counts then (cloud-init's distros/__init__.py, create_user: "passwd" is for a new user's creation only).
    /// </summary>
    public GuestDisk Boot(string medium)
    {
        var disk = MachineId.Length > 0 ? this : this with { MachineId = RandomNumberGenerator.GetHexString(32, true) };
        var instance = Find(medium, "instance-id: ([0-9a-f-]{36})");
        if (instance == disk.InstanceId)
            return disk;
        var (set, given) = (TryFind(medium, @"hashed_passwd: (\S+)"), TryFind(medium, @"\bpasswd: (\S+)"));
        return disk with
        {
            InstanceId = instance,
            Name = Find(medium, "local-hostname: \"([^\"]+)\""),
            HostKey = Find(medium, @"ed25519_public: (ssh-ed25519 \S+)"),
            Password = set ?? (HasUser ? Password : given),
            Keys = [.. Keys, Find(medium, @"- (ssh-ed25519 \S+) containerhost-")],
            Installations = Installations + (medium.Contains("hyperv-daemons", StringComparison.Ordinal) ? 1 : 0),
            HasUser = true,
        };
    }

    private static string Find(string medium, string pattern) =>
        TryFind(medium, pattern) ?? throw new InvalidOperationException($"the medium lacks {pattern}");

    private static string? TryFind(string medium, string pattern) =>
        Regex.Match(medium, pattern) is { Success: true } found ? found.Groups[1].Value : null;
}
