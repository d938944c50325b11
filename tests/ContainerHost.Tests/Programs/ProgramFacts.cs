using Build.Tests.Bootstrap;

namespace ContainerHost.Tests.Programs;

/// <summary>
/// What real programs and commands of Windows accept, from their sources and manuals (<c>programs.tsv</c>, which cites them). What stands in for them
/// in tests refuses all else, so that a test cannot agree with a mistake.
/// </summary>
internal static class ProgramFacts
{
    // Every cmdlet's (Microsoft's about_CommonParameters).
    private static readonly string[] Common =
    [
        "-Verbose",
        "-Debug",
        "-ErrorAction",
        "-WarningAction",
        "-InformationAction",
        "-ErrorVariable",
        "-WarningVariable",
        "-OutVariable",
        "-OutBuffer",
        "-PipelineVariable",
        "-WhatIf",
        "-Confirm",
    ];

    private static readonly ILookup<string, Row> Rows = File.ReadLines(
            Path.Combine(Repository.Root, "tests", "ContainerHost.Tests", "Programs", "programs.tsv")
        )
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t'))
        .ToLookup(
            cells => cells[0],
            cells => new Row(cells[1], cells[2].Split(' '), cells[3].Split(' '), cells[4]),
            StringComparer.OrdinalIgnoreCase
        );

    /// <summary>Holds a program's command line to what it takes: its own options, a subcommand that it knows, and that one's options up to the first word that is none.</summary>
    public static void CheckProgram(string path, IReadOnlyList<string> words)
    {
        var name = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        var rows = Rows[name].ToList();
        rows.ShouldNotBeEmpty($"nothing is known of {name}: read its manual, and add it to programs.tsv");
        var rest = words.ToList();
        Take(name, rows.FirstOrDefault(row => row.Subcommand.Length == 0), rest);
        var sub = rows.Where(row => row.Subcommand.Length > 0)
            .OrderByDescending(row => row.Subcommand.Length)
            .FirstOrDefault(row =>
                row.Subcommand.Split(' ').SequenceEqual(rest.Take(row.Subcommand.Split(' ').Length))
            );
        if (sub is null)
        {
            rest.ShouldBeEmpty($"{name} has no such subcommand, or nothing is known of it");
            return;
        }
        rest.RemoveRange(0, sub.Subcommand.Split(' ').Length);
        Take($"{name} {sub.Subcommand}", sub, rest);
    }

    /// <summary>Holds a call of PowerShell, as written down, to the parameters or options of what it calls; values may have blanks.</summary>
    public static void CheckCall(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rows = Rows[words[0]].ToList();
        rows.ShouldNotBeEmpty($"nothing is known of {words[0]}: read its manual, and add it to programs.tsv");
        var row =
            rows.FirstOrDefault(one => words.Length > 1 && one.Subcommand == words[1])
            ?? rows.FirstOrDefault(one => one.Subcommand.Length == 0);
        row.ShouldNotBeNull($"{words[0]} has no such subcommand: {line}");
        if (row.Takes.Contains("*"))
            return;
        // Options of sc.exe end so, and their values are words of their own.
        foreach (var word in words.Skip(2).Where(word => word.EndsWith('=')))
            row.Takes.ShouldContain(word, $"{words[0]} {words[1]} has no {word}: {line}");
        var isCmdlet = !words[0].EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
        foreach (var word in words.Skip(1).Where(word => IsOption(word, isCmdlet)))
        {
            // -Confirm:$false, /grant:r.
            var option = word.Split(':')[0];
            var known = row
                .Takes.Concat(isCmdlet ? Common : [])
                .Any(one => one.Split(':')[0].Equals(option, StringComparison.OrdinalIgnoreCase));
            known.ShouldBeTrue($"{words[0]} has no {option}: {line}\n{row.Source}");
        }
    }

    private static bool IsOption(string word, bool isCmdlet) =>
        isCmdlet
            ? word.Length > 1 && word[0] == '-' && char.IsAsciiLetter(word[1])
            : word.Length > 1 && word[0] == '/' && char.IsAsciiLetter(word[1]) && word.Count(one => one == '/') == 1;

    private static void Take(string name, Row? row, List<string> rest)
    {
        while (rest.Count > 0 && rest[0].StartsWith('-'))
        {
            var option = rest[0].Split('=')[0];
            row.ShouldNotBeNull($"{name} takes no options: {option}");
            row.Refuses.ShouldNotContain(option, $"{name} refuses {option} on Windows\n{row.Source}");
            row.Refuses.ShouldNotContain($"{option}=", $"{name} refuses {option} on Windows\n{row.Source}");
            var takesValue = row.Takes.Contains($"{option}=");
            (takesValue || row.Takes.Contains(option)).ShouldBeTrue($"{name} has no {option}\n{row.Source}");
            var own = takesValue && !rest[0].Contains('=') ? 2 : 1;
            rest.Count.ShouldBeGreaterThanOrEqualTo(own, $"{name} {option} wants a value");
            rest.RemoveRange(0, own);
        }
    }

    private sealed record Row(string Subcommand, string[] Takes, string[] Refuses, string Source);
}
