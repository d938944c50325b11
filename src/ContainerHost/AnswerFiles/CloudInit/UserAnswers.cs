using ContainerHost.Errors;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>The user's own cloud-config: what we need wins nowhere silently, since a key that must be ours is refused by name.</summary>
internal sealed class UserAnswers
{
    // Access to the guest and its identity hang on these.
    private static readonly string[] Reserved =
    [
        "hostname",
        "fqdn",
        "manage_etc_hosts",
        "preserve_hostname",
        "ssh_keys",
        "ssh_deletekeys",
        "ssh_genkeytypes",
        "ssh_pwauth",
        "disable_root",
        "user",
    ];

    private readonly Dictionary<string, object> _values;

    private UserAnswers(Dictionary<string, object> values) => _values = values;

    public static UserAnswers None { get; } = new([]);

    /// <summary>Reads a file, or nothing without one.</summary>
    public static async Task<UserAnswers> ReadAsync(string? path, CancellationToken cancellationToken) =>
        path is null ? None : Parse(await File.ReadAllTextAsync(path, cancellationToken), path);

    /// <exception cref="InvalidInputException">No cloud-config, no YAML, or keys that must be ours.</exception>
    public static UserAnswers Parse(string text, string source)
    {
        if (!text.StartsWith("#cloud-config", StringComparison.Ordinal))
            throw new InvalidInputException([$"--answer-file '{source}' must start with the line '#cloud-config'."]);
        Dictionary<string, object> values;
        try
        {
            values = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>?>(text) ?? [];
        }
        catch (YamlException exception)
        {
            var where = $"line {exception.Start.Line}, column {exception.Start.Column}";
            throw new InvalidInputException([$"--answer-file '{source}' is not YAML at {where}: {exception.Message}"]);
        }
        var problems = Reserved
            .Where(values.ContainsKey)
            .Select(key => $"--answer-file '{source}' sets '{key}', which ContainerHost sets itself; remove it.")
            .ToList();
        return problems.Count == 0 ? new UserAnswers(values) : throw new InvalidInputException(problems);
    }

    /// <summary>Ours over the user's: lists are joined, ours first; other values of ours win.</summary>
    public Dictionary<string, object> MergeUnder(Dictionary<string, object> ours)
    {
        var merged = new Dictionary<string, object>(_values);
        foreach (var (key, value) in ours)
        {
            merged[key] =
                value is List<object> mine && merged.TryGetValue(key, out var had) && had is List<object> theirs
                    ? new List<object>([.. mine, .. theirs])
                    : value;
        }
        return merged;
    }
}
