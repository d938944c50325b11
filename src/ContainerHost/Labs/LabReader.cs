using ContainerHost.Errors;
using ContainerHost.Hosts.Templates;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Specification.Yaml;
using YamlDotNet.Core;

namespace ContainerHost.Labs;

/// <summary>Reads a lab file whole, with every problem at its place, before anything is touched.</summary>
internal sealed class LabReader
{
    private const int MostHosts = 100;
    private static readonly string[] OfFile = ["version", "name", "defaults", "hosts"];
    private static readonly string[] OfHost = ["count", "from", "needs", "provision"];

    // A role names its hosts, and its scripts are its own; the others are of a single run.
    internal static IReadOnlyList<string> Parameters { get; } =
    [.. FileParameters.Names.Except(["name", "locked", "lock-file", "keep-data", "timeout", "provision"])];

    private readonly string _path;
    private readonly YamlProblems _problems;
    private readonly Dictionary<string, List<HostName>> _roles = [];
    private readonly List<(LabHost Host, IReadOnlyList<(string Text, Mark At)> Needs)> _hosts = [];

    private readonly IReadOnlyCollection<HostName> _templates;
    private readonly HostRequest _secrets;

    private string Folder => Path.GetDirectoryName(Path.GetFullPath(_path))!;

    private LabReader(string path, IReadOnlyCollection<HostName> templates, HostRequest secrets)
    {
        _path = path;
        _templates = templates;
        _secrets = secrets;
        _problems = new YamlProblems(path);
    }

    /// <summary>Which lab it is, whatever else is wrong with the file.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or names none.</exception>
    public static HostName ReadName(string path)
    {
        var problems = new YamlProblems(path);
        var root = new YamlFile(YamlFormat.Lab, problems).Read();
        problems.Throw();
        var name = ReadName(new YamlMap(root!, problems, allowed: null), problems);
        problems.Throw();
        return name!;
    }

    /// <exception cref="InvalidInputException">Anything is wrong; every problem, with its place.</exception>
    public static Lab Read(string path, IReadOnlyCollection<HostName> templates, HostRequest secrets)
    {
        var reader = new LabReader(path, templates, secrets);
        var lab = reader.Read();
        reader._problems.Throw();
        return lab!;
    }

    private Lab? Read()
    {
        if (new YamlFile(YamlFormat.Lab, _problems).Read() is not { } root)
            return null;
        var map = new YamlMap(root, _problems, OfFile);
        if (map.Text("version") is not "1")
            _problems.Add(map.PlaceOf("version"), "'version' must be 1, the only version of the format there is.");
        var name = ReadName(map, _problems);
        var defaults = map.Map("defaults") is { } given ? new YamlMap(given, _problems, Parameters) : null;
        if (map.Map("hosts") is { } hosts)
        {
            var roles = new YamlMap(hosts, _problems, allowed: null);
            foreach (var role in roles.Keys)
                ReadRole(role, roles, defaults);
        }
        if (_hosts.Count == 0 && !_problems.Any)
            _problems.Add(map.PlaceOf("hosts"), "'hosts' must name one host at least.");
        if (_hosts.Count > MostHosts)
            _problems.Add(map.PlaceOf("hosts"), $"a lab has {MostHosts} hosts at most, and these are {_hosts.Count}.");
        var ready = _hosts.Select(one => one.Host with { Needs = [.. one.Needs.SelectMany(Expand)] }).ToList();
        CheckPorts(ready, map.PlaceOf("hosts"));
        CheckAddresses(ready, map.PlaceOf("hosts"));
        CheckCycles(ready, map.PlaceOf("hosts"));
        return name is null ? null : new Lab(_path, name, ready);
    }

    private static HostName? ReadName(YamlMap map, YamlProblems problems)
    {
        if (HostName.TryParse(map.Text("name"), out var name))
            return name;
        problems.Add(map.PlaceOf("name"), $"'name' must name the lab: {HostParameters.Find("name").Allowed}.");
        return null;
    }

    private void ReadRole(string role, YamlMap roles, YamlMap? defaults)
    {
        var at = roles.PlaceOf(role);
        if (roles.Map(role) is not { } node)
            return;
        var own = new YamlMap(node, _problems, [.. OfHost, .. Parameters]);
        var count = own.Has("count") ? own.Count("count", MostHosts, 1) : (int?)null;
        var from = ReadFrom(own);
        var request = ReadRequest(own, defaults, isClone: from is not null);
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
                Request = WithPorts(WithAddress(named, number - 1, own), number - 1, own),
                Scripts = scripts,
            };
            if (number == 1)
                CheckSpec(host, own);
            _hosts.Add((host, own.List("needs")));
        }
        _roles[role] = names;
    }

    private HostName? ReadFrom(YamlMap own)
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

    private HostRequest ReadRequest(YamlMap own, YamlMap? defaults, bool isClone)
    {
        foreach (
            var name in Parameters.Where(name => isClone && own.Has(name) && !CloneWishes.Parameters.Contains(name))
        )
            _problems.Add(
                own.PlaceOf(name),
                $"'{name}' is the template's: a host with 'from' has its own {string.Join(", ", CloneWishes.Parameters)} only."
            );
        var request = new FileParameters(Folder, _problems).Read(
            isClone ? CloneWishes.Parameters : Parameters,
            defaults is null ? [own] : [own, defaults]
        );
        return isClone ? request : WithSecrets(request);
    }

    // What is for other guests is for other hosts of the lab.
    private HostRequest WithSecrets(HostRequest request)
    {
        var isWindows = new SpecReader(request, existing: null).Read().Windows is not null;
        foreach (var row in HostParameters.All.Where(row => row.IsSecret && (isWindows || row.For != Audience.Windows)))
            if (_secrets[row.Name] is { } secret)
                request = request.With(row.Name, secret);
        return request;
    }

    // Each of several has the next address.
    private HostRequest WithAddress(HostRequest request, int steps, YamlMap own)
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

    // And the ports after those of the one before it; what is none is told with the host's other problems.
    private HostRequest WithPorts(HostRequest request, int steps, YamlMap own)
    {
        if (request["forward"] is not { } text || PortForwards.Read(text, []) is not { } first)
            return request;
        if (first.Next(steps) is { } next)
            return request.With("forward", $"{next}");
        _problems.Add(own.PlaceOf("forward"), $"'{text}' has no ports for so many hosts.");
        return request.With("forward", null);
    }

    private void CheckPorts(IReadOnlyList<LabHost> hosts, Mark at)
    {
        var taken = new List<(PortForward Port, HostName By)>();
        foreach (var host in hosts)
        {
            var own = host.Request["forward"] is { } text ? PortForwards.Read(text, [])?.All ?? [] : [];
            foreach (var one in own)
                if (taken.Find(other => other.Port.Overlaps(one)) is { By: { } other })
                    _problems.Add(
                        at,
                        $"'forward' gives port {one.Port} of this machine to both '{other}' and '{host.Name}'."
                    );
            taken.AddRange(own.Select(one => (one, host.Name)));
        }
    }

    private void CheckAddresses(IReadOnlyList<LabHost> hosts, Mark at)
    {
        var taken = new List<(PrivateNetwork Place, HostName By)>();
        foreach (var host in hosts)
        {
            if (host.Request["private-network"] is not { } text || !PrivateNetwork.TryParse(text, out var own))
                continue;
            if (taken.Find(other => other.Place.Name == own.Name && !other.Place.IsBeside(own)) is { By: { } far })
                _problems.Add(at, $"'private-network' has '{far}' and '{host.Name}' on one network with two ranges.");
            else if (taken.Find(other => other.Place == own) is { By: { } other })
                _problems.Add(at, $"'private-network' gives {own.Address} to both '{other}' and '{host.Name}'.");
            taken.Add((own, host.Name));
        }
    }

    private void CheckSpec(LabHost host, YamlMap own)
    {
        var reader = new SpecReader(host.Request, existing: null);
        reader.Read();
        foreach (var (place, text) in reader.Problems.Select(host.Request.Locate))
            _problems.Add(place ?? _problems.Place(own.At), HostRequest.InFile(text));
    }

    private List<UserScript> ReadScripts(YamlMap own, HostRequest request)
    {
        // What else is wrong with the host is told with its spec.
        var isWindows = new SpecReader(request, existing: null).Read().Windows is not null;
        var scripts = new List<UserScript>();
        foreach (var (text, at) in own.List("provision"))
        {
            var found = new List<string>();
            var read = UserScripts.Read(Path.Combine(Folder, text), text, isWindows, found);
            foreach (var twice in read.Where(one => scripts.Any(other => other.Name == one.Name)))
                found.Add($"'{twice.Name}' is the name of another script of the host, too");
            scripts.AddRange(read);
            found.ForEach(problem => _problems.Add(at, $"{problem}."));
        }
        return scripts;
    }

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
}
