using System.Security.Cryptography;
using System.Text.Json;
using ContainerHost.AnswerFiles;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Hosts.Templates;

/// <summary>What become.py is told of who a clone is, as one line of JSON; it has secrets.</summary>
internal static class CloneIdentity
{
    private static readonly JsonSerializerOptions OneLine = new(SpecificationJson.Options) { WriteIndented = false };

    /// <summary>By what the guest of a clone must be known.</summary>
    public static CloneMarks MarksOf(HostState clone, HostFolder folder) =>
        new(
            clone.Spec.Name.Value,
            clone.MachineId ?? clone.InstanceId.ToString("N"),
            clone.InstanceId.ToString(),
            MachineSpec.MacOf(clone.InstanceId),
            File.ReadAllText(folder.ClientPublicKey).Split(' ')[1],
            clone.HostPublicKey!.Split(' ')[1]
        );

    /// <summary>What its guest is told, with the template's script still waiting in it.</summary>
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
