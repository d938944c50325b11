using System.Globalization;

namespace ContainerHost.Guests;

/// <summary>
/// By how much a guest's clock is ahead of this machine's, behind where that is negative, and how wrong that may be: the question takes a while to the guest and the answer
/// a while back, and each may have taken all of it.
/// </summary>
internal readonly record struct ClockSkew(TimeSpan Ahead, TimeSpan Uncertain)
{
    /// <summary>True where the clock is off by more than that, however long either way took.</summary>
    public bool IsOver(TimeSpan harmless) => Ahead.Duration() > harmless + Uncertain;

    /// <summary>As "0.1 s behind this machine, give or take 0.2 s".</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Ahead.Duration().TotalSeconds:0.0} s {(Ahead > TimeSpan.Zero ? "ahead of" : "behind")} this machine, give or take {Uncertain.TotalSeconds:0.0} s"
        );
}
