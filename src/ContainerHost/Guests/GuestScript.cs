using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Guests;

/// <summary>A script shipped with the library as an embedded resource; its ending says what runs it.</summary>
public sealed record GuestScript(string Interpreter, string Text)
{
    /// <summary>Loads a script by the end of its resource's name, such as <c>Runtimes.Containerd.prepare.sh</c>.</summary>
    internal static GuestScript Load(string name)
    {
        return new GuestScript(
            name.EndsWith(".py", StringComparison.Ordinal) ? "python3" : "sh",
            EmbeddedText.Load(name)
        );
    }

    /// <summary>The command that runs it with the given words as its arguments.</summary>
    public Command ToCommand(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<string> flags = Interpreter == "python3" ? ["-"] : ["-s", "--"];
        return new Command(Interpreter, [.. flags, .. arguments]) { StandardInput = Text };
    }
}
