namespace ContainerHost.Verification;

/// <summary>A check saw a host that is not as it should be.</summary>
internal sealed class CheckFailedException(string problem, string evidence) : Exception(problem)
{
    /// <summary>What was seen.</summary>
    public string Evidence { get; } = evidence;
}
