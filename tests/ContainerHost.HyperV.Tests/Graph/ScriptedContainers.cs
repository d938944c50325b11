using ContainerHost.Processes;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>nerdctl or docker in a scripted guest: images, and containers with a name, a state, a kind and a command line.</summary>
internal sealed class ScriptedContainers
{
    private readonly Dictionary<string, (bool Running, bool IsHyperV, string Line)> _containers = [];
    private readonly HashSet<string> _images = [];

    public bool HasHyperV { get; set; }

    /// <summary>What a container wrote into the shared folder.</summary>
    public string Written { get; private set; } = "";

    public string Forget()
    {
        Written = "";
        return "";
    }

    public void StopAll()
    {
        foreach (var (name, container) in _containers.ToList())
            _containers[name] = container with { Running = false };
    }

    /// <summary>Processes that the guest's own kernel shows: those of Hyper-V containers are none of its.</summary>
    public int CountOnHost(string word) =>
        _containers.Values.Count(one =>
            one is { Running: true, IsHyperV: false } && one.Line.Contains(word, StringComparison.Ordinal)
        );

    public string Run(Command command)
    {
        var rest = command.Arguments.ToList();
        var isDocker = command.Program.EndsWith("docker.exe", StringComparison.Ordinal);
        if (!isDocker)
        {
            rest.Take(2).ShouldBe(["--namespace", "containerhost"]);
            rest = rest[2..];
        }
        return rest[0] switch
        {
            "build" => Build(rest),
            "rmi" => Remove(_images, rest[^1]),
            "run" => Output(Parse(rest)),
            "create" => Create(rest),
            "start" => Set(rest[^1], running: true),
            "stop" => Set(rest[^1], running: false),
            "rm" => _containers.Remove(rest[^1]) ? "" : throw new InvalidOperationException($"no container {rest[^1]}"),
            "exec" => _containers[rest[1]].Running
                ? "inside\r\n"
                : throw new InvalidOperationException("it does not run"),
            "images" => _images.Contains(rest[^1]) ? "0123456789ab\n" : "",
            "version" => "29.8.1\n",
            "ps" when isDocker => List(running => running ? " running\n" : " created\n"),
            "ps" => List(running => running ? "\tUp 3 seconds\r\n" : "\tCreated\r\n"),
            var other => throw new InvalidOperationException($"no such command: {other}"),
        };
    }

    private string List(Func<bool, string> state) =>
        string.Concat(_containers.Select(one => one.Key + state(one.Value.Running)));

    private string Build(List<string> words)
    {
        _images.Add(words[words.IndexOf("--tag") + 1]);
        return "";
    }

    private string Create(List<string> words)
    {
        var (name, isHyperV, line) = Parse(words);
        if (!_containers.TryAdd(name, (false, isHyperV, line)))
            throw new InvalidOperationException($"the name {name} is taken");
        return name;
    }

    private string Set(string name, bool running)
    {
        _containers[name] = _containers.GetValueOrDefault(name) with { Running = running };
        return name;
    }

    private (string Name, bool IsHyperV, string Line) Parse(List<string> words)
    {
        var image = words.FindIndex(_images.Contains);
        if (image < 0)
            throw new InvalidOperationException("no such image");
        var isHyperV = words[words.IndexOf("--isolation") + 1] == "hyperv";
        if (isHyperV && !HasHyperV)
            throw new InvalidOperationException("the feature Hyper-V is not on");
        return (words[words.IndexOf("--name") + 1], isHyperV, string.Join(' ', words.Skip(image + 1)));
    }

    private string Output((string Name, bool IsHyperV, string Line) container)
    {
        var output = "";
        if (container.Line.Length == 0)
            output += "Hello, world\r\n";
        if (container.Line.Contains("from a virtual machine", StringComparison.Ordinal))
            output += "Hello, world, from a virtual machine of my own\r\n";
        if (container.Line.Contains("read-write", StringComparison.Ordinal))
        {
            Written = "written by the container\r\n";
            output += "read=written by the guest\r\nwrote=no\r\n";
        }
        if (container.Line.Contains("reg add", StringComparison.Ordinal))
            output +=
                // Windows' own name for it, where the client gives none (ipconfig's output in containerd/nerdctl, 28).
                $"file=yes\r\nregistry=yes\r\nname=minwinpc\r\n   Dirección IPv4. . . . . . . . . : 172.16.0.23\r\n   M\u00e1scara de subred . . . . . . : 255.255.255.0\r\n";
        return output;
    }

    private static string Remove(HashSet<string> images, string name)
    {
        images.Remove(name);
        return "";
    }
}
