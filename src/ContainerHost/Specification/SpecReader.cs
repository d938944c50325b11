using ContainerHost.Specification.Parameters;
using ContainerHost.Specification.Rules;

namespace ContainerHost.Specification;

/// <summary>Reads a request row by row, and gathers every problem on the way.</summary>
internal sealed class SpecReader(HostRequest request, HostSpec? existing)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public HostSpec Read()
    {
        var spec = Begin();
        foreach (var row in HostParameters.All)
        {
            if (row.Read is not { } read || request[row.Name] is not { } text)
                continue;
            if (row.For.Includes(spec))
                spec = read(spec, text, _problems);
            else if (!row.IsIgnoredElsewhere)
                _problems.Add($"--{row.Name} {row.For.Needs}");
        }
        // What an existing host was made from may be gone since; a target that needs it again says so.
        var known = existing is null ? [] : Check(new HostRequest(), existing);
        _problems.AddRange(Check(request, spec).Except(known));
        return spec;
    }

    private static IEnumerable<string> Check(HostRequest request, HostSpec spec) =>
        [.. HostParameters.All.SelectMany(row => row.Check(spec)), .. HostRules.Check(request, spec)];

    // Defaults, and which parameters there are, hang on these.
    private HostSpec Begin()
    {
        var name = ReadName();
        var provider = ReadProvider();
        var guest = ReadGuest(existing?.Guest ?? ProviderFacts.Of(provider).DefaultGuest);
        return (existing ?? HostSpec.DefaultsFor(name, guest)) with
        {
            Name = name,
            Provider = provider,
            Guest = guest,
            HyperV = ProviderFacts.Of(provider).Settings is { } place ? existing?.HyperV ?? place : null,
            Windows = guest.Family.Settings is { } settings ? existing?.Windows ?? settings : null,
        };
    }

    private HostName ReadName()
    {
        var text = request["name"] ?? existing?.Name.Value ?? HostName.Default.Value;
        // A host that is there already keeps its name.
        if (HostName.TryParse(text, out var name) && (existing is not null || !name.IsTaken))
            return name;
        _problems.Add(Problem.Of("name", text, HostParameters.Find("name").Allowed));
        return HostName.Default;
    }

    private Provider ReadProvider()
    {
        var provider = existing?.Provider ?? Provider.Auto;
        if (request["provider"] is { } text)
        {
            var names = HostParameters.Find("provider").Values!;
            // Enum.TryParse alone would take numbers.
            if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
                provider = Enum.Parse<Provider>(text, ignoreCase: true);
            else
                _problems.Add(Problem.OfChoice("provider", text, names));
        }
        return provider == Provider.Auto ? HostSpec.ProviderHere : provider;
    }

    private Guest ReadGuest(Guest fallback)
    {
        if (request["guest"] is null && request["catalog"] is null)
            return fallback;
        var catalog = GuestCatalog.With(MediaCatalog.Read(request["catalog"] ?? existing?.Catalog, _problems));
        if (request["guest"] is not { } id)
            return fallback;
        if (catalog.FirstOrDefault(one => one.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } guest)
            return guest;
        _problems.Add(Problem.OfChoice("guest", id, [.. catalog.Select(one => one.Id)]));
        return fallback;
    }
}
