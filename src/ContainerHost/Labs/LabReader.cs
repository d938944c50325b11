using System.Text.RegularExpressions;
using ContainerHost.Errors;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using YamlDotNet.Core;

namespace ContainerHost.Labs;

/// <summary>Reads a lab file whole, with every problem at its place, before anything is touched.</summary>
internal sealed partial class LabReader
{
    private const int MostHosts = 100;
    private static readonly string[] OfFile = ["version", "name", "defaults", "hosts"];
    private static readonly string[] OfHost = ["count", "from", "needs", "provision", "check"];

    // A role names its hosts; secrets are nobody's to read in a file; the others are of a single run, or lists of the file's own.
    internal static IReadOnlyList<string> Parameters { get; } =
    [
        .. HostParameters
            .All.Where(row =>
                !row.IsSecret
                && row.Name is not ("name" or "locked" or "lock-file" or "timeout" or "provision" or "check")
            )
            .Select(row => row.Name),
    ];

    // What a clone may have of its own.
    private static readonly string[] OfClone = ["lifetime", "checks", "private-network", "provision-as"];

    private readonly string _path;
    private readonly LabProblems _problems;
    private readonly Dictionary<string, List<HostName>> _roles = [];
    private readonly List<(LabHost Host, IReadOnlyList<(string Text, Mark At)> Needs)> _hosts = [];

    private readonly IReadOnlyCollection<HostName> _templates;

    private LabReader(string path, IReadOnlyCollection<HostName> templates)
    {
        _path = path;
        _templates = templates;
        _problems = new LabProblems(path);
    }

    /// <exception cref="InvalidInputException">Anything is wrong; every problem, with its place.</exception>
    public static Lab Read(string path, IReadOnlyCollection<HostName> templates)
    {
        var reader = new LabReader(path, templates);
        var lab = reader.Read();
        reader._problems.Throw();
        return lab!;
    }

    private Lab? Read()
    {
        if (LabYaml.Read(_path, _problems) is not { } root)
            return null;
        var map = new LabMap(root, _problems, OfFile);
        if (map.Text("version") is not "1")
            _problems.Add(map.PlaceOf("version"), "'version' must be 1, the only version of the format there is.");
        if (!HostName.TryParse(map.Text("name"), out var name))
            _problems.Add(map.PlaceOf("name"), $"'name' must name the lab: {HostParameters.Find("name").Allowed}.");
        var defaults = map.Map("defaults") is { } given ? new LabMap(given, _problems, Parameters) : null;
        if (map.Map("hosts") is { } hosts)
        {
            var roles = new LabMap(hosts, _problems, allowed: null);
            foreach (var role in roles.Keys)
                ReadRole(role, roles, defaults);
        }
        if (_hosts.Count == 0 && !_problems.Any)
            _problems.Add(map.PlaceOf("hosts"), "'hosts' must name one host at least.");
        if (_hosts.Count > MostHosts)
            _problems.Add(map.PlaceOf("hosts"), $"a lab has {MostHosts} hosts at most, and these are {_hosts.Count}.");
        var ready = _hosts.Select(one => one.Host with { Needs = [.. one.Needs.SelectMany(Expand)] }).ToList();
        CheckCycles(ready, map.PlaceOf("hosts"));
        return name is null ? null : new Lab(_path, name, ready);
    }

    private void ReadRole(string role, LabMap roles, LabMap? defaults)
    {
        var at = roles.PlaceOf(role);
        if (roles.Map(role) is not { } node)
            return;
        var own = new LabMap(node, _problems, [.. OfHost, .. Parameters]);
        var count = own.Has("count") ? own.Count("count", MostHosts, 1) : (int?)null;
        var from = ReadFrom(own);
        var request = WithChecks(ReadRequest(own, defaults, isClone: from is not null), own);
        var scripts = ReadScripts(own, request);
        var names = new List<HostName>();
        for (var number = 1; number <= (count ?? 1); number++)
        {
            var text = count is null ? role : $"{role}-{number}";
            if (!HostName.TryParse(text, out var name) || name.IsTaken)
            {
                _problems.Add(at, $"'{text}' is no host's name. Allowed: {HostParameters.Find("name").Allowed}.");
                break;
            }
            if (_hosts.Any(other => other.Host.Name == name))
                _problems.Add(at, $"'{name}' is the name of another host of the lab, too.");
            names.Add(name);
            var named = request.With("name", name.Value);
            var host = new LabHost
            {
                Name = name,
                Role = role,
                From = from,
                Request = WithAddress(named, number - 1, own),
                Scripts = scripts,
            };
            if (number == 1)
                CheckSpec(host, own, defaults);
            _hosts.Add((host, own.List("needs")));
        }
        _roles[role] = names;
    }

    private HostName? ReadFrom(LabMap own)
    {
        if (own.Text("from") is not { } text)
            return null;
        if (HostName.TryParse(text, out var name) && _templates.Contains(name))
            return name;
        var there = _templates.Count == 0 ? "there is none yet" : $"there are {string.Join(", ", _templates)}";
        _problems.Add(own.PlaceOf("from"), $"'from' must name a template, and '{text}' is none; {there}.");
        // Read on as a clone, so that its other problems are told as such.
        return name ?? HostName.Default;
    }

    private HostRequest ReadRequest(LabMap own, LabMap? defaults, bool isClone)
    {
        var request = new HostRequest();
        foreach (var name in Parameters)
        {
            if (isClone && own.Has(name) && !OfClone.Contains(name))
                _problems.Add(
                    own.PlaceOf(name),
                    $"'{name}' is the template's: a host with 'from' has its own {string.Join(", ", OfClone)} only."
                );
            if (isClone && !OfClone.Contains(name))
                continue;
            var text = own.Has(name) ? own.Text(name) : defaults?.Text(name);
            var isFlag = HostParameters.Find(name).IsFlag;
            if (isFlag && text is not (null or "true" or "false"))
                _problems.Add((own.Has(name) ? own : defaults!).PlaceOf(name), $"'{name}' must be true or false.");
            request = request.With(name, isFlag && text != "true" ? null : InFolder(name, text));
        }
        return request;
    }

    // Paths are as the file sees them.
    private string? InFolder(string name, string? text) =>
        text is not null && Paths.Contains(name) && !text.Contains("://", StringComparison.Ordinal)
            ? Beside(text)
            : text;

    private static readonly string[] Paths =
    [
        "answer-file",
        "ca-file",
        "catalog",
        "disk-image",
        "iso",
        "virtio-drivers",
        "openssh-package",
        "docker-archive",
        "base-image",
    ];

    // Each of several has the next address.
    private HostRequest WithAddress(HostRequest request, int steps, LabMap own)
    {
        if (request["private-network"] is not { } text || !PrivateNetwork.TryParse(text, out var first))
            return request;
        if (first.Next(steps) is not { } next)
        {
            _problems.Add(own.PlaceOf("private-network"), $"'{text}' has no room for so many hosts.");
            return request;
        }
        return request.With("private-network", $"{next}");
    }

    private void CheckSpec(LabHost host, LabMap own, LabMap? defaults)
    {
        var reader = new SpecReader(host.Request, existing: null);
        reader.Read();
        foreach (var problem in reader.Problems)
        {
            var name = Option().Match(problem) is { Success: true } match ? match.Groups["name"].Value : "";
            var place = own.Has(name) || defaults?.Has(name) != true ? own.PlaceOf(name) : defaults.PlaceOf(name);
            _problems.Add(place, Option().Replace(problem, "'${name}'"));
        }
    }

    private List<UserScript> ReadScripts(LabMap own, HostRequest request)
    {
        // What else is wrong with the host is told with its spec.
        var isWindows = new SpecReader(request, existing: null).Read().Windows is not null;
        var scripts = new List<UserScript>();
        foreach (var (text, at) in own.List("provision"))
        {
            var found = new List<string>();
            var read = UserScripts.Read(Beside(text), text, isWindows, found);
            foreach (var twice in read.Where(one => scripts.Any(other => other.Name == one.Name)))
                found.Add($"'{twice.Name}' is the name of another script of the host, too");
            scripts.AddRange(read);
            found.ForEach(problem => _problems.Add(at, $"{problem}."));
        }
        return scripts;
    }

    // Each is NAME=SCRIPT, and paths are as the file sees them.
    private HostRequest WithChecks(HostRequest request, LabMap own) =>
        request.With(
            "check",
            string.Join(
                ',',
                own.List("check")
                    .Select(one =>
                        one.Text.IndexOf('=') is > 0 and var at
                            ? $"{one.Text[..at]}={Beside(one.Text[(at + 1)..])}"
                            : one.Text
                    )
            )
        );

    private string Beside(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, path);

    // A role stands for all of its hosts.
    private IEnumerable<HostName> Expand((string Text, Mark At) need)
    {
        if (_roles.TryGetValue(need.Text, out var all))
            return all;
        if (HostName.TryParse(need.Text, out var name) && _hosts.Any(one => one.Host.Name == name))
            return [name];
        _problems.Add(
            need.At,
            $"'{need.Text}' is neither a role nor a host of the lab.{Nearest.Hint(need.Text, _roles.Keys)}"
        );
        return [];
    }

    private void CheckCycles(IReadOnlyList<LabHost> hosts, Mark at)
    {
        var left = hosts.ToList();
        while (left.Count > 0)
        {
            var free = left.Where(host => host.Needs.All(need => left.All(one => one.Name != need))).ToList();
            if (free.Count == 0)
            {
                _problems.Add(
                    at,
                    $"these need each other, so that none can be first: {string.Join(", ", left.Select(host => host.Name))}."
                );
                return;
            }
            left.RemoveAll(free.Contains);
        }
    }

    [GeneratedRegex("^--(?<name>[a-z0-9-]+)|(?<= )--(?<name>[a-z0-9-]+)")]
    private static partial Regex Option();
}
