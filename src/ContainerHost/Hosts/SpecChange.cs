using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Hosts;

/// <summary>What differs between the spec a host was made from and the one asked for now, row by row of the parameters.</summary>
internal static class SpecChange
{
    private const string Format = "3:";

    /// <summary>The differences that take such a change, a sentence each.</summary>
    public static IReadOnlyList<string> Between(HostSpec had, HostSpec wanted, Change change) =>
        [
            .. HostParameters
                .All.Where(row => row.Change == change && row.Value(had) != row.Value(wanted))
                .Select(row => Told(row, had, wanted)),
        ];

    /// <summary>The sizes that would have to shrink, come or go, which nothing but a new host can; a sentence each.</summary>
    public static IReadOnlyList<string> WithoutGrowth(HostSpec had, HostSpec wanted) =>
        [
            .. HostParameters
                .All.Where(row =>
                    row.Change == Change.Grow
                    && row.Value(had) != row.Value(wanted)
                    && !Grows(row.Value(had), row.Value(wanted))
                )
                .Select(row => Told(row, had, wanted)),
        ];

    /// <summary>
    /// A short hash of all values whose change takes that. Defaults are left out, so that a parameter which comes later does not change the
    /// hash of a host that was made before it.
    /// </summary>
    public static string Fingerprint(HostSpec spec, Change change)
    {
        var defaults = HostSpec.DefaultsFor(spec.Name, spec.Guest) with
        {
            HyperV = ProviderFacts.Of(spec.Provider).Settings,
        };
        return Format
            + Specification.Fingerprint.Of(
                HostParameters
                    .All.Where(row => row.Change == change && Mark(row, spec) != Mark(row, defaults))
                    .ToDictionary(row => row.Name, row => Mark(row, spec))
            );
    }

    /// <summary>
    /// The state of a host with fingerprints of today, of the spec that it has: a later run must not compare another spec with an earlier
    /// release's.
    /// </summary>
    public static HostState Renew(HostState host) => Carry(host, host.Spec);

    /// <summary>The same with another spec, which says of what is done no other than the one that it has; what that is not up to date with stays so.</summary>
    public static HostState Carry(HostState host, HostSpec spec)
    {
        foreach (
            var (step, change) in new[]
            {
                (Step.CreateVm, Change.MakeAnew),
                (Step.InstallContainers, Change.InstallAgain),
            }
        )
        {
            if (
                host.Find(step) is { } record
                && (IsOfEarlierRelease(record.Fingerprint) || record.Fingerprint == Fingerprint(host.Spec, change))
            )
                host = host.With(step, record with { Fingerprint = Fingerprint(spec, change) });
        }
        return host with { Spec = spec };
    }

    /// <summary>True for a fingerprint of a release that made them of other inputs, so that two of them say nothing.</summary>
    public static bool IsOfEarlierRelease(string fingerprint) =>
        !fingerprint.StartsWith(Format, StringComparison.Ordinal);

    private static bool Grows(string? had, string? wanted) =>
        ByteSize.TryParse(had, out var was) && ByteSize.TryParse(wanted, out var size) && size > was;

    private static string Told(Parameter row, HostSpec had, HostSpec wanted) =>
        $"--{row.Name}: has {Shown(row, had)}, asked for {Shown(row, wanted)}";

    private static string? Mark(Parameter row, HostSpec spec) => (row.Mark ?? row.Value)(spec);

    private static string Shown(Parameter row, HostSpec spec) =>
        row.Value(spec) is not { } value ? row.None
        : row.IsAddress ? PublicAddress.Of(value)
        : value;
}
