using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ContainerHost.Processes;

namespace ContainerHost.HyperV.Tests;

/// <summary>
/// Windows' proxy as its reference has it (learn.microsoft.com, netsh-interface-portproxy): one entry for each address and port, at which it listens;
/// the words around its table are a German Windows'.
/// </summary>
internal sealed class Netsh : IProcessRunner, IDisposable
{
    private readonly SortedDictionary<string, (string To, TcpListener? Listener)> _entries = [];

    /// <summary>The part of a command that is refused, as where its user is no administrator.</summary>
    public string? Refused { get; set; }

    /// <summary>Where the service IP Helper runs, which listens.</summary>
    public bool HelperRuns { get; set; } = true;

    /// <summary>How often it was started.</summary>
    public int Runs { get; private set; }

    /// <summary>Each entry as "127.0.0.1:8080 192.0.2.17:80".</summary>
    public IReadOnlyList<string> Entries => [.. _entries.Select(entry => $"{entry.Key} {entry.Value.To}")];

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Add(string listen, string to) => _entries[listen] = (to, _entries.GetValueOrDefault(listen).Listener);

    public Task<CommandResult> RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    )
    {
        Runs++;
        command.Program.ShouldBe("netsh");
        command.Arguments.Take(2).ShouldBe(["interface", "portproxy"]);
        command.Arguments[3].ShouldBe("v4tov4");
        if (Refused is not null && $"{command}".Contains(Refused, StringComparison.Ordinal))
            return Result(1, "Der angeforderte Vorgang erfordert erhöhte Rechte (Als Administrator ausführen).");
        var named = command
            .Arguments.Skip(4)
            .Select(word => word.Split('='))
            .ToDictionary(word => word[0], word => word[1]);
        switch (command.Arguments[2])
        {
            case "show":
                return Result(0, Table());
            case "add":
                Listen(
                    $"{named["listenaddress"]}:{named["listenport"]}",
                    $"{named["connectaddress"]}:{named["connectport"]}"
                );
                return Result(0, "");
            default:
                command.Arguments[2].ShouldBe("delete");
                if (!_entries.Remove($"{named["listenaddress"]}:{named["listenport"]}", out var old))
                    return Result(1, "Das System kann die angegebene Datei nicht finden.");
                old.Listener?.Dispose();
                return Result(0, "");
        }
    }

    public void Dispose()
    {
        foreach (var (_, listener) in _entries.Values)
            listener?.Dispose();
    }

    public void Listen(string listen, string to)
    {
        if (_entries.TryGetValue(listen, out var old))
            old.Listener?.Dispose();
        var listener = HelperRuns ? new TcpListener(IPEndPoint.Parse(listen)) : null;
        listener?.Start();
        _entries[listen] = (to, listener);
    }

    private string Table()
    {
        if (_entries.Count == 0)
            return "\r\n";
        var lines = _entries.Select(entry =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Key.Split(':')[0], -15} {entry.Key.Split(':')[1], -10}  {entry.Value.To.Split(':')[0], -15} {entry.Value.To.Split(':')[1], -10}"
            )
        );
        return string.Join(
            "\r\n",
            [
                "",
                "Abhören auf ipv4:             Verbinden mit ipv4:",
                "",
                "Adresse         Port        Adresse         Port",
                "--------------- ----------  --------------- ----------",
                .. lines,
                "",
                "",
            ]
        );
    }

    private static Task<CommandResult> Result(int code, string told) =>
        Task.FromResult(new CommandResult(code, told, ""));
}
