namespace ContainerHost.Verification.Checks;

/// <summary>
/// One check of a host, which does for real what it claims: its stable id, part of the report's format; what is checked, in words; and the
/// work, which returns the evidence or throws <see cref="CheckFailedException"/> when the host is not as it should be.
/// </summary>
internal sealed record Check(string Id, string Title, CheckWork RunAsync)
{
    /// <summary>True where its work sees by itself that the guest failed, and may turn its machine off and on; false by default.</summary>
    public bool WatchesGuest { get; init; }
}

/// <summary>The work of a check.</summary>
internal delegate Task<string> CheckWork(CheckContext context, CancellationToken cancellationToken);

/// <summary>A check saw a host that is not as it should be.</summary>
internal sealed class CheckFailedException(string problem, string evidence) : Exception(problem)
{
    public string Evidence { get; } = evidence;
}
