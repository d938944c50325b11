using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>A script shipped with the library as an embedded resource; its ending says what runs it.</summary>
internal sealed record GuestScript(string Interpreter, string Text)
{
    internal const string PowerShell = "powershell";

    /// <summary>Loads a script by the end of its resource's name, such as <c>Runtimes.Containerd.prepare.sh</c>.</summary>
    internal static GuestScript Load(string name) =>
        new(
            Path.GetExtension(name) switch
            {
                ".py" => "python3",
                ".ps1" => PowerShell,
                _ => "sh",
            },
            EmbeddedText.Load(name)
        );

    /// <summary>True for a script that a Windows guest's shell runs in the PowerShell that it has open already.</summary>
    internal static bool IsPowerShell(Command command) => command.Program == PowerShell;

    public Command ToCommand(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<string> flags = Interpreter switch
        {
            "python3" => ["-"],
            PowerShell => [],
            _ => ["-s", "--"],
        };
        return new Command(Interpreter, [.. flags, .. arguments]) { StandardInput = Text };
    }

    /// <summary>Reads the JSON that scripts of ours answer with; anything else is an error.</summary>
    internal static T ReadAnswer<T>(string json) =>
        Read(json, answer => answer.Deserialize<T>(SpecificationJson.Options));

    /// <summary>Reads JSON that came from the guest; whatever else it is, is one error.</summary>
    internal static T Read<T>(string json, Func<JsonNode?, T?> read)
    {
        Exception? problem = null;
        try
        {
            if (read(JsonNode.Parse(json)) is { } answer)
                return answer;
        }
        // What JsonNode throws for a value of another kind, a list instead of an object and a number that is none; and what is not there.
        catch (Exception exception)
            when (exception
                    is JsonException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
                        or NullReferenceException
            )
        {
            problem = exception;
        }
        throw new ContainerHostException(
            "read what the guest answered",
            json.Length == 0 ? "it said nothing" : json.Trim(),
            "run the target again; the target Shell logs in to look around.",
            inner: problem
        );
    }
}
