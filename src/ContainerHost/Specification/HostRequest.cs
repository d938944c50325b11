using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerHost.Errors;
using ContainerHost.Specification.Parameters;
using ContainerHost.Specification.Yaml;

namespace ContainerHost.Specification;

/// <summary>
/// What the user typed, as text by the parameters' names, turned into a <see cref="HostSpec"/> whole with every problem told at once. What
/// was not typed is null: an existing host keeps what it has, a new one takes the default.
/// </summary>
public sealed partial record HostRequest
{
    private readonly ImmutableDictionary<string, string> _typed = ImmutableDictionary<string, string>.Empty;

    private ImmutableDictionary<string, ParameterOrigin> Origins { get; init; } =
        ImmutableDictionary<string, ParameterOrigin>.Empty;

    /// <summary>The text of a parameter, by its name in <see cref="HostParameters"/>; a flag that is set has any text.</summary>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public string? this[string name]
    {
        get => _typed.GetValueOrDefault(HostParameters.Find(name).Name);
        init => _typed = Set(name, value);
    }

    /// <summary>The licence terms that are still to be accepted, in a sentence for whoever can ask; null when there are none.</summary>
    public string? TermsToAccept =>
        this["accept-license"] is null
        && this["disk-image"] is null
        && MediaCatalog.Read(this["catalog"], []).Find(this["guest"] ?? DefaultGuest.Id) is { } medium
            ? $"{medium.Title} has licence terms: {medium.Terms}"
            : null;

    /// <summary>True where scripts that provision the host are to be run by the guest's own user.</summary>
    internal bool ProvisionsAsUser => "user".Equals(this["provision-as"], StringComparison.OrdinalIgnoreCase);

    private Guest DefaultGuest =>
        ProviderFacts
            .Of(
                Enum.TryParse<Provider>(this["provider"], ignoreCase: true, out var typed) && typed != Provider.Auto
                    ? typed
                    : HostSpec.ProviderHere
            )
            .DefaultGuest;

    /// <summary>The same with another text of one parameter; null or empty as if it had not been typed.</summary>
    public HostRequest With(string name, string? text) =>
        new(this) { [name] = text, Origins = Origins.Remove(HostParameters.Find(name).Name) };

    /// <summary>The same with another text of one parameter, and where it comes from in words, such as <c>command line</c>.</summary>
    public HostRequest With(string name, string? text, string origin) => With(name, text, new ParameterOrigin(origin));

    internal HostRequest With(string name, string? text, ParameterOrigin origin) =>
        new(this) { [name] = text, Origins = Origins.SetItem(HostParameters.Find(name).Name, origin) };

    /// <summary>Where a parameter's text comes from; null where that is not known, and for any other name.</summary>
    internal ParameterOrigin? OriginOf(string name) => Origins.GetValueOrDefault(name);

    /// <summary>A problem, whose first words name its parameter, as it is told of what stands in a file; and that place, or null where it stands in none.</summary>
    internal (FilePlace? Place, string Text) Locate(string problem) =>
        Option().Match(problem) is { Success: true } match && OriginOf(match.Groups["name"].Value)?.Place is { } place
            ? (place, InFile(problem))
            : (null, problem);

    /// <summary>A problem in a file's words, in which parameters have no hyphens before them.</summary>
    internal static string InFile(string problem) => Option().Replace(problem, "'${name}'");

    /// <summary>The error for what is wrong, each problem at its place where that is in a file.</summary>
    internal InvalidInputException Refuse(IEnumerable<string> problems) =>
        new([.. problems.Select(Locate).Select(one => one.Place is { } place ? $"{place}: {one.Text}" : one.Text)]);

    /// <summary>The host's name, once the whole request is known to be good.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong; the error lists all of it.</exception>
    public HostName ReadName() => ToSpec().Name;

    /// <summary>Turns the request into a spec, over <paramref name="existing"/> where the host is already there.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong; the error lists all of it.</exception>
    internal HostSpec ToSpec(HostSpec? existing = null)
    {
        var reader = new SpecReader(this, existing);
        var spec = reader.Read();
        return reader.Problems.Count == 0 ? spec : throw Refuse(reader.Problems);
    }

    /// <summary>The name alone, without secrets.</summary>
    public override string ToString() => $"request for host '{this["name"] ?? HostName.Default.Value}'";

    private ImmutableDictionary<string, string> Set(string name, string? text)
    {
        var key = HostParameters.Find(name).Name;
        return string.IsNullOrEmpty(text) ? _typed.Remove(key) : _typed.SetItem(key, text);
    }

    [GeneratedRegex("^--(?<name>[a-z0-9-]+)|(?<= )--(?<name>[a-z0-9-]+)")]
    private static partial Regex Option();
}
