namespace Testing;

/// <summary>How tests ended.</summary>
internal sealed record TestCounts(int Passed, int Failed, int Skipped, IReadOnlyList<string> Failures)
{
    public static TestCounts None { get; } = new(0, 0, 0, []);

    public static TestCounts operator +(TestCounts a, TestCounts b) =>
        new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped, [.. a.Failures, .. b.Failures]);

    /// <summary>The line that .ci/run ends with.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed";
}
