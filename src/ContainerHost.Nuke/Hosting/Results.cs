using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Targets.Hosting;

/// <summary>The results of a process's targets: standard output is theirs, and with --json it holds exactly one document, also when the run fails.</summary>
internal static class Results
{
    // The targets whose whole output programs read.
    private static readonly string[] Printing =
    [
        "Status",
        "Logs",
        "Shell",
        "RunContainer",
        "Spec",
        "SshConfig",
        "Connect",
        "Completion",
    ];

    private static readonly JsonObject Documents = [];
    private static JsonNode? _error;
    private static bool _isJson;

    /// <summary>True where standard output is kept for results, and the log goes to standard error.</summary>
    public static bool AreApart { get; private set; }

    /// <summary>Keeps standard output for results before any engine prints its first line, where the arguments ask for results.</summary>
    [ModuleInitializer]
    internal static void Prepare()
    {
        // Serilog, Spectre.Console and NUKE know this word for it.
        if (Environment.GetEnvironmentVariable("TERM") == "dumb")
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
        var words = Environment.GetCommandLineArgs()[1..];
        if (IsJson(words))
            BeginJson();
        else if (words.Any(IsPrinting))
            KeepOutput();
    }

    // As "ssh-config" too; parameters of these names, such as --spec, are none.
    private static bool IsPrinting(string word) =>
        !word.StartsWith('-') && Printing.Contains(word.Replace("-", ""), StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps standard output for one document, printed as the process ends.</summary>
    public static void BeginJson()
    {
        if (_isJson)
            return;
        _isJson = true;
        var heard = new HeardErrors(Console.Error);
        Console.SetError(heard);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ProgramOutput.Print(Whole(heard.Lines));
        KeepOutput();
    }

    private static void KeepOutput()
    {
        if (!AreApart)
            Console.SetOut(new ProgramOutput(Console.Error));
        AreApart = true;
    }

    /// <summary>Adds what a target found, for programs.</summary>
    public static void Add<T>(string target, T result) => Documents[target] = Node(result);

    /// <summary>Makes what a command left the build's own: its outputs, and its exit code.</summary>
    public static void Hand(IDescribeHosts build, string target, CommandResult result)
    {
        if (build.Json)
        {
            Add(target, result);
        }
        else
        {
            Print(result.StandardOutput);
            Console.Error.Write(result.StandardError);
        }
        build.ExitCode = result.ExitCode;
    }

    /// <summary>Says that a target failed.</summary>
    public static void Fail(Exception failure, int exitCode) => _error = Node(ErrorDocument.Of(failure, exitCode));

    /// <summary>Prints text that is a target's result as it is.</summary>
    public static void Print(string text)
    {
        if (AreApart)
            ProgramOutput.Print(ProgramOutput.Take(text));
        else
            Console.Out.Write(text);
    }

    /// <summary>The same; false where nobody reads it any more.</summary>
    public static bool TryPrint(string text)
    {
        if (AreApart)
            return ProgramOutput.TryPrint(ProgramOutput.Take(text));
        Console.Out.Write(text);
        return true;
    }

    private static bool IsJson(string[] words)
    {
        var at = Array.FindIndex(words, word => word.ToUpperInvariant() is "--JSON" or "-JSON");
        var said = at < 0 ? Environment.GetEnvironmentVariable("NUKE_JSON") : words.ElementAtOrDefault(at + 1);
        return at < 0
            ? !string.IsNullOrEmpty(said) && said.ToUpperInvariant() is not ("FALSE" or "0")
            : said?.ToUpperInvariant() is not ("FALSE" or "0");
    }

    // One target's result is the document; those of several stand in it by the targets' names.
    private static string Whole(IReadOnlyList<string> told)
    {
        var whole = Documents.Count == 1 ? Documents.Single().Value : Documents;
        if (_error is JsonObject error)
        {
            if (Documents.Count > 0)
                error["result"] = whole?.DeepClone();
            whole = error;
        }
        // As the shell sees it.
        else if (Documents.Count == 0 && (Environment.ExitCode & 255) is not 0 and var exitCode)
        {
            whole = Node(ErrorDocument.Of(told, exitCode));
        }
        return whole?.ToJsonString(SpecificationJson.Options) + "\n";
    }

    private static JsonNode? Node<T>(T value)
    {
        var text = JsonSerializer.Serialize(value, SpecificationJson.Options);
        if (AreApart)
            text = ProgramOutput.Take(text);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // A secret that is a number was masked in it.
            return text;
        }
    }
}
