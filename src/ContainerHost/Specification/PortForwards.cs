using ContainerHost.Specification.Parameters;

namespace ContainerHost.Specification;

/// <summary>The ports of this machine that lead to a host's guest; one at least, and none twice. Written with commas between.</summary>
internal sealed record PortForwards
{
    public const string Allowed =
        "[ADDRESS:]PORT:GUEST-PORT[/udp], like 8080:80 or 127.0.0.1:5432:5432/tcp, several with commas between; none takes all away";

    /// <summary>What Forward takes instead: those that containers publish.</summary>
    public const string Auto = "auto";

    private PortForwards(IReadOnlyList<PortForward> all) => All = all;

    public IReadOnlyList<PortForward> All { get; }

    /// <summary>Those; null where there are none.</summary>
    public static PortForwards? Of(IReadOnlyList<PortForward> all) => all.Count == 0 ? null : new PortForwards(all);

    /// <summary>Reads them, and tells everything that is wrong; null for <c>none</c>, and where anything is wrong.</summary>
    public static PortForwards? Read(string text, ICollection<string> problems)
    {
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        if (text.Equals(Auto, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(
                Problem.Of("forward", text, Allowed, " The target Forward alone follows ports, until Ctrl-C.")
            );
            return null;
        }
        var (all, before) = (new List<PortForward>(), problems.Count);
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (PortForward.Read(word, out var one) is { } wrong)
                problems.Add(Problem.Of("forward", word, Allowed, $" {wrong}"));
            else if (all.Find(one!.Overlaps) is { } other)
                problems.Add(
                    Problem.Of("forward", word, Allowed, $" '{other}' has that port of this machine already.")
                );
            else
                all.Add(one);
        }
        return problems.Count == before ? Of(all) : null;
    }

    /// <summary>The same of the next host but so many: each port of this machine is higher by that; null where that is beyond the last port.</summary>
    public PortForwards? Next(int steps) =>
        All.Any(one => one.Port + steps > System.Net.IPEndPoint.MaxPort)
            ? null
            : new PortForwards([.. All.Select(one => one with { Port = one.Port + steps })]);

    /// <summary>Why so many hosts cannot each have the next ports, in words; null where they can.</summary>
    public string? ProblemFor(int hosts)
    {
        var all = new List<PortForward>();
        for (var step = 0; step < hosts; step++)
        {
            if (Next(step) is not { } next)
                return "each has the ports after those of the one before it, and these would be beyond the last port";
            if (next.All.FirstOrDefault(one => all.Any(one.Overlaps)) is { } twice)
                return $"each has the ports after those of the one before it, and two would have {twice.Port}";
            all.AddRange(next.All);
        }
        return null;
    }

    public bool Equals(PortForwards? other) => other is not null && All.SequenceEqual(other.All);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(",", All);
}
