using System.Text;
using System.Text.Json;
using YamlDotNet.Serialization;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>The cloud-config that sets a guest up (cloud-init 22.4's module reference), alone or beside the user's own data.</summary>
internal static class UserData
{
    private const string Users = "users";
    private const string Packages = "packages";

    // Without it a later part replaces keys of earlier ones whole (cloud-init's documentation, "Merging user data sections").
    private const string Join = "dict(no_replace,recurse_list)+list(append)";

    private static readonly ISerializer Yaml = new SerializerBuilder()
        .WithQuotingNecessaryStrings()
        .WithIndentedSequences()
        .Build();

    /// <summary>The file for a guest: one config, or a message with the user's data first, so that ours has the last word.</summary>
    public static byte[] Render(GuestIdentity identity, UserAnswers answers, IReadOnlyList<string> packages)
    {
        var ours = Ours(identity, packages.Count > 0);
        var joined = new Dictionary<string, object> { [Users] = new List<object> { User(identity) } };
        if (packages.Count > 0)
            joined[Packages] = packages.Cast<object>().ToList();
        if (answers.Content.Length == 0)
            return Encoding.UTF8.GetBytes(Write(ours.Concat(joined)));
        var last = answers.Configs.LastOrDefault(config => config.ContainsKey(Users));
        switch (last?[Users])
        {
            case List<object?>:
            case null when last is null:
                break;
            // Where the form may be another yet, the patch below makes up for it.
            case Dictionary<object, object?> when !answers.IsWhole:
                break;
            case Dictionary<object, object?>:
                joined[Users] = new Dictionary<string, object> { [identity.User] = User(identity) };
                break;
            case var names:
                // A list is not joined to a text of names, or to nothing; as its item the text means the same.
                ours[Users] = new List<object> { names ?? "", User(identity) };
                joined.Remove(Users);
                break;
        }
        // A text means one package a line; nothing at all would keep ours out too.
        if (
            joined.ContainsKey(Packages)
            && answers.Configs.LastOrDefault(config => config.ContainsKey(Packages)) is { } with
            && with[Packages] is not List<object?> and var text
        )
        {
            ours[Packages] = (object[])[.. $"{text}".Split('\n', StringSplitOptions.RemoveEmptyEntries), .. packages];
            joined.Remove(Packages);
        }
        var parts = new List<(string Type, string Text)>
        {
            (UserPart.Config, Write(ours)),
            (UserPart.Config, Write(joined.Prepend(new("merge_how", Join)))),
        };
        // Users that nobody could read here may be a map, which takes no list; to any other form the patch does nothing.
        if (!answers.IsWhole)
            parts.Add((UserPart.Patch, Patch(identity)));
        return MultiPart.Write(answers.Content, parts);
    }

    /// <summary>The keys that the user's data sets and ours overrides.</summary>
    public static IReadOnlyList<string> OverriddenIn(UserAnswers answers, GuestIdentity identity) =>
        [
            .. Ours(identity, hasPackages: false)
                .Keys.Where(key => answers.Configs.Any(config => config.ContainsKey(key))),
        ];

    private static string Patch(GuestIdentity identity) =>
        "#cloud-config-jsonp\n"
        + JsonSerializer.Serialize(
            new[]
            {
                new
                {
                    op = "add",
                    path = $"/{Users}/{identity.User}",
                    value = User(identity),
                },
            }
        );

    private static string Write(IEnumerable<KeyValuePair<string, object>> values) =>
        "#cloud-config\n" + Yaml.Serialize(new Dictionary<string, object>(values));

    private static Dictionary<string, object> Ours(GuestIdentity identity, bool hasPackages)
    {
        var ours = new Dictionary<string, object>
        {
            ["hostname"] = identity.Name.Value,
            ["preserve_hostname"] = false,
            ["manage_etc_hosts"] = true,
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
        };
        // A vendor's image comes without apt's lists.
        if (hasPackages)
            ours["package_update"] = true;
        return ours;
    }

    private static Dictionary<string, object> User(GuestIdentity identity) =>
        new()
        {
            ["name"] = identity.User,
            ["gecos"] = "ContainerHost administrator",
            ["shell"] = "/bin/bash",
            ["sudo"] = "ALL=(ALL) NOPASSWD:ALL",
            ["lock_passwd"] = false,
            // Unlike "passwd", also for a user that is there, as in a clone (cloud-init's distros/__init__.py, create_user).
            ["hashed_passwd"] = identity.PasswordHash,
            ["ssh_authorized_keys"] = new List<object> { identity.AuthorizedKey },
        };
}
