using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Hosts.Effective;

/// <summary>What counts for a host, parameter by parameter: what was asked for, else what the host has, else the default.</summary>
public sealed record EffectiveSpec
{
    private const string Default = "default";
    private const string Kept = "kept with the host";

    private EffectiveSpec(IReadOnlyList<EffectiveParameter> parameters) => Parameters = parameters;

    /// <summary>Every parameter that the host can have, in the order of the documents.</summary>
    public IReadOnlyList<EffectiveParameter> Parameters { get; }

    /// <summary>As a file that <c>--spec</c> reads: origins stand in comments, and so does what has no value to show.</summary>
    public string ToYaml() => EffectiveYaml.Write(Parameters);

    /// <exception cref="Errors.InvalidInputException">Anything is wrong with the request; every problem at once.</exception>
    internal static EffectiveSpec Of(HostRequest request, HostState? existing)
    {
        // Nothing is made, so no terms need to be accepted.
        var accepted = request.TermsToAccept is null ? request : request.With("accept-license", "true");
        accepted.ToSpec(existing?.Spec);
        var spec = new SpecReader(request, existing?.Spec).Read();
        return new EffectiveSpec([
            .. HostParameters
                .All.Where(row => row.For.Includes(spec))
                .Select(row => Of(row, spec, request[row.Name], request.OriginOf(row.Name)?.Words, existing)),
        ]);
    }

    private static EffectiveParameter Of(
        Parameter row,
        HostSpec spec,
        string? asked,
        string? origin,
        HostState? existing
    )
    {
        var value = row.Value(spec) ?? asked;
        if (row.IsFlag)
            value = value?.ToLowerInvariant() ?? "false";
        // A switch that is said to be false has an origin, and no text.
        var isAsked = asked is not null || (origin is not null && value == "false");
        var isKept = existing is not null && (row.Change != Change.ThisRun || Ends(row, existing) is not null);
        origin =
            isAsked ? origin ?? "parameter"
            : isKept ? Kept
            : Default;
        if (row.IsSecret)
            return new EffectiveParameter(row.Name, null, origin, value is null ? row.Default ?? row.None : "(secret)");
        // What the scripts were read from may be gone, or another by now; folders are kept as they are.
        if (row.IsList && (!row.IsPath || row.Change == Change.ThisRun))
            return new EffectiveParameter(row.Name, null, origin, value ?? row.Default ?? row.None);
        if (value is null)
            return new EffectiveParameter(row.Name, null, origin, Words(row, spec, existing));
        // It may have a name and a password, or be a key.
        if (row.IsAddress && PublicAddress.In(value) != value)
            return new EffectiveParameter(row.Name, null, origin, $"(secret) {PublicAddress.In(value)}");
        return new EffectiveParameter(
            row.Name,
            row is { IsPath: true, IsList: false } ? PathOrUrl.Absolute(value) : value,
            origin,
            null
        );
    }

    private static string Words(Parameter row, HostSpec spec, HostState? existing) =>
        Ends(row, existing) is { } ends ? $"until {ends:u}"
        : row.Mark?.Invoke(spec) is { } mark && mark != Fingerprint.OfFile(null) ? $"what has the hash {mark}"
        : row.Default ?? row.None;

    // A span of time is kept as its end.
    private static DateTimeOffset? Ends(Parameter row, HostState? existing) =>
        row.Name == "lifetime" ? existing?.ExpiresAt : null;
}
