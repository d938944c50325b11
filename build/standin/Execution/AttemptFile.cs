using Nuke.Common.IO;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>What a run has done so far, for <c>--continue</c>: its invocation on the first line, then its targets.</summary>
internal sealed class AttemptFile(AbsolutePath directory)
{
    private static readonly string[] LeftOut = ["Continue", "NoLogo", "Verbosity", "Target"];

    private readonly AbsolutePath _file = directory / "build-attempt.log";

    /// <summary>The targets that the last attempt has done, or null when it was another one or none.</summary>
    public IReadOnlyList<string>? Read(string invocation)
    {
        var lines = _file.FileExists() ? File.ReadAllLines(_file) : [];
        return lines.FirstOrDefault() == invocation ? lines[1..] : null;
    }

    public void Start(string invocation, IEnumerable<string> done) => File.WriteAllLines(_file, [invocation, .. done]);

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
}
