using System.Security.Cryptography;
using System.Text.Json;
using ContainerHost.AnswerFiles;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>What become.py is told of who a clone is, as one line of JSON; it has secrets.</summary>
internal static class CloneIdentity
{
    private static readonly JsonSerializerOptions OneLine = new(SpecificationJson.Options) { WriteIndented = false };

    public static string Line(GuestIdentity identity, string mac, DateTimeOffset now) =>
        JsonSerializer.Serialize(
            new
            {
                Name = identity.Name.Value,
                identity.InstanceId,
                MachineId = identity.InstanceId.ToString("N"),
                Mac = mac,
                identity.User,
                identity.PasswordHash,
                identity.AuthorizedKey,
                identity.HostPrivateKey,
                identity.HostPublicKey,
                Entropy = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)),
                Now = now.ToUnixTimeMilliseconds() / 1000.0,
            },
            OneLine
        );
}
