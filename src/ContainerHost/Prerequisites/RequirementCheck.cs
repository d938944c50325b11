namespace ContainerHost.Prerequisites;

/// <summary>A requirement, and the look that tells whether it is met and leaves nothing behind; an error of ours is what was found, with its own fix.</summary>
internal sealed record RequirementCheck(Requirement Requirement, Func<CancellationToken, Task<Finding>> LookAsync)
{
    internal RequirementCheck(Requirement requirement, Func<Finding> look)
        : this(requirement, _ => Task.FromResult(look())) { }

    /// <summary>True for what only the medium is made with: a host whose machine is made does not need it any more.</summary>
    public bool IsOfMedium { get; init; }
}
