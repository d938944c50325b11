using System.Text.RegularExpressions;

namespace Build.Tests.Documents;

/// <summary>Gives documented commands what their readers have: values for placeholders, and the files that they name, in a folder.</summary>
internal sealed partial class Placeholders(string folder)
{
    private static readonly (string Written, string Value)[] Values =
    [
        ("<name>", "lab"),
        ("9f86d0...", new string('0', 64)),
    ];

    // Those that are read as the command is; of others it counts that they are there.
    private static readonly Dictionary<string, string> Contents = new()
    {
        ["host.yaml"] = "name: lab\n",
        ["lab.json"] = """
            { "schemaVersion": 1, "images": [{ "guest": "lab-13", "title": "Ours", "image": "https://mirror.example/lab.qcow2",
              "sha256": "0000000000000000000000000000000000000000000000000000000000000000" }] }
            """,
    };

    /// <summary>The words with them; what an archive is written to is not there before.</summary>
    public IReadOnlyList<string> FillIn(IReadOnlyList<string> words) =>
        [.. words.Select((word, at) => at > 0 && words[at - 1] == "--archive" ? word : FillIn(word))];

    private string FillIn(string word)
    {
        foreach (var (written, value) in Values)
            word = word.Replace(written, value, StringComparison.Ordinal);
        if (word == "./site")
            return Directory.CreateDirectory(Path.Combine(folder, "site")).FullName;
        word = FolderHere().Replace(word, _ => Directory.CreateDirectory(Path.Combine(folder, "mounted")).FullName);
        return FileHere().Replace(word, name => Make(name.Value));
    }

    private string Make(string name)
    {
        var path = Path.GetFullPath(name, folder);
        File.WriteAllText(path, Contents.GetValueOrDefault(name, "#!/bin/sh\n"));
        return path;
    }

    [GeneratedRegex("^(?:\\./src|/data)(?=:/)")]
    private static partial Regex FolderHere();

    // Neither a part of an address nor of a path in a host.
    [GeneratedRegex(@"(?<![\w./:-])(?:\./)?[\w-][\w.-]*\.(?:sh|iso|qcow2|yaml|json|conf|tar\.gz|tar)(?![\w./])")]
    private static partial Regex FileHere();
}
