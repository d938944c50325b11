using System.Security.Cryptography;
using System.Text;
using Nuke.Common.IO;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>
/// What a run has done so far, for <c>--continue</c>: its invocation on the first line, then its targets. Each invocation
/// has a file of its own, since several may run at once.
/// </summary>
internal sealed class AttemptFile(AbsolutePath directory, string invocation)
{
    private static readonly string[] LeftOut = ["Continue", "NoLogo", "Verbosity", "Target"];

    private readonly AbsolutePath _file = directory / $"build-attempt.{Digest(invocation)}.log";

    /// <summary>The targets that a failed attempt has done, or null when there was none.</summary>
    public IReadOnlyList<string>? Read()
    {
        var lines = _file.FileExists() ? File.ReadAllLines(_file) : [];
        return lines.FirstOrDefault() == invocation ? lines[1..] : null;
    }

    public void Start(IEnumerable<string> done) => File.WriteAllLines(_file, [invocation, .. done]);

    public void Add(string target) => File.AppendAllLines(_file, [target]);

    public void Delete() => _file.DeleteFile();

    /// <summary>What makes two runs the same attempt: targets and given values, secrets aside.</summary>
    public static string Invocation(IEnumerable<ExecutableTarget> invoked, ParameterValues values, SecretMask mask)
    {
        var given =
            from parameter in values.Parameters.Distinct()
            where !parameter.IsSecret && !LeftOut.Contains(parameter.Name)
            let raw = values.All(parameter).FirstOrDefault()
            where raw is not null
            select $"--{parameter.DashedName} {string.Join(' ', raw.Texts)}";
        var text = string.Join(' ', invoked.Select(target => target.Name).Concat(given));
        return mask.Apply(text.ReplaceLineEndings(" "));
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
}
