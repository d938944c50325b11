using YamlDotNet.Serialization;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>The cloud-config that sets a Debian guest up (cloud-init 22.4's module reference), built as data and written by YamlDotNet.</summary>
internal static class UserData
{
    private static readonly ISerializer Yaml = new SerializerBuilder()
        .WithQuotingNecessaryStrings()
        .WithIndentedSequences()
        .Build();

    /// <summary>The document for a guest, over the user's own answers.</summary>
    public static string Render(GuestIdentity identity, UserAnswers answers, IReadOnlyList<string> packages) =>
        "#cloud-config\n" + Yaml.Serialize(answers.MergeUnder(Ours(identity, packages)));

    private static Dictionary<string, object> Ours(GuestIdentity identity, IReadOnlyList<string> packages)
    {
        var ours = Always(identity);
        if (packages.Count == 0)
            return ours;
        ours["packages"] = packages.Cast<object>().ToList();
        // A vendor's image comes without apt's lists.
        ours["package_update"] = true;
        return ours;
    }

    private static Dictionary<string, object> Always(GuestIdentity identity) =>
        new()
        {
            ["hostname"] = identity.Name.Value,
            ["manage_etc_hosts"] = true,
            ["users"] = new List<object> { User(identity) },
            ["disable_root"] = true,
            ["ssh_pwauth"] = true,
            // The host key comes with the medium, so that the first connection can be checked; the guest makes none of its own.
            ["ssh_deletekeys"] = true,
            ["ssh_genkeytypes"] = new List<object> { "ed25519" },
            ["ssh_keys"] = new Dictionary<string, object>
            {
                ["ed25519_private"] = identity.HostPrivateKey,
                ["ed25519_public"] = identity.HostPublicKey,
            },
            ["growpart"] = new Dictionary<string, object>
            {
                ["mode"] = "auto",
                ["devices"] = new List<object> { "/" },
            },
            ["resize_rootfs"] = true,
            ["package_update"] = false,
        };

    private static Dictionary<string, object> User(GuestIdentity identity) =>
        new()
        {
            ["name"] = identity.User,
            ["gecos"] = "ContainerHost administrator",
            ["shell"] = "/bin/bash",
            ["sudo"] = "ALL=(ALL) NOPASSWD:ALL",
            ["lock_passwd"] = false,
            ["passwd"] = identity.PasswordHash,
            ["ssh_authorized_keys"] = new List<object> { identity.AuthorizedKey },
        };
}
