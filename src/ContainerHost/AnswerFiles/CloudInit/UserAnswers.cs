using System.Text;
using System.Text.Unicode;
using ContainerHost.Errors;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>
/// The user's own data for cloud-init, in any form that it takes. It goes to the guest as it is; it is read only to refuse what would keep
/// us out of the guest, and to tell what ours overrides.
/// </summary>
internal sealed class UserAnswers
{
    private UserAnswers(byte[] content, IReadOnlyList<Dictionary<object, object?>> configs) =>
        (Content, Configs) = (content, configs);

    public static UserAnswers None { get; } = new([], []);

    /// <summary>What goes to the guest; empty for nothing.</summary>
    public byte[] Content { get; }

    /// <summary>The configs in it, as far as they can be read.</summary>
    public IReadOnlyList<Dictionary<object, object?>> Configs { get; }

    /// <summary>False when there may be more in it than can be read here: what is included, patched, or rendered by Jinja.</summary>
    public bool IsWhole { get; private init; } = true;

    /// <summary>Reads a file, or nothing without one.</summary>
    /// <exception cref="InvalidInputException">cloud-init would not take it, or it would lock <paramref name="user"/> out.</exception>
    public static UserAnswers Read(AnswerFile? file, string user)
    {
        if (file is null)
            return None;
        var problems = new List<string>();
        var answers = Read(file.Content, new Lockout(user), problems);
        return problems.Count == 0
            ? answers
            : throw new InvalidInputException([
                .. problems.Distinct().Select(problem => $"--answer-file '{file.Source}' {problem}."),
            ]);
    }

    private static UserAnswers Read(byte[] content, Lockout lockout, List<string> problems)
    {
        byte[] plain;
        List<UserPart> parts;
        try
        {
            plain = UserParts.Plain(content);
            parts = [.. UserParts.Of(plain)];
        }
        catch (Exception damaged) when (damaged is InvalidDataException or FormatException)
        {
            problems.Add($"cannot be read: {damaged.Message}");
            return None;
        }
        // cloud-init ends with an error where a message is no UTF-8, and ours would go with it.
        if (UserParts.IsMime(plain) && !Utf8.IsValid(plain))
            problems.Add("is a MIME message with other bytes than UTF-8; give such parts the transfer encoding base64");
        if (parts.Count == 0)
            problems.Add(
                $"would be passed over by cloud-init: its first line must start with one of '{string.Join("', '", UserPart.Starts)}', or it must be a MIME message"
            );
        var isConfig = !UserParts.IsMime(plain) && UserPart.TypeOf(Encoding.UTF8.GetString(plain)) == UserPart.Config;
        var configs = new List<Dictionary<object, object?>>();
        var isWhole = true;
        foreach (var part in parts)
        {
            if (part.IsScript)
                problems.AddRange(lockout.OfScript(part.Text));
            else if (part.Type != UserPart.Config)
            {
                isWhole = false;
                if (part.Type == UserPart.Patch)
                    problems.AddRange(lockout.Of(CloudConfig.OfPatch(part.Text)));
            }
            else if (
                CloudConfig.TryRead(part.Text, out var problem) is var root
                && root is Dictionary<object, object?> config
            )
                configs.Add(config);
            else if (root == CloudConfig.Unknown)
                isWhole = false;
            else if (problem is not null || root is not (null or ""))
            {
                isWhole = false;
                // Inside of others it is passed over, or readable only once it is rendered.
                if (isConfig)
                    problems.Add(
                        problem is null
                            ? "is no cloud-config: its root must be keys with values"
                            : $"is not YAML at {problem}"
                    );
            }
        }
        problems.AddRange(configs.SelectMany(lockout.Of));
        return configs.Count == 0 && isConfig && isWhole ? None : new UserAnswers(plain, configs) { IsWhole = isWhole };
    }
}
