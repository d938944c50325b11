namespace ContainerHost.Verification.Checks;

/// <summary>One check of a host; it does for real what it claims.</summary>
internal interface ICheck
{
    /// <summary>The check's stable id, part of the report's format.</summary>
    string Id { get; }

    /// <summary>What is checked, in words.</summary>
    string Title { get; }

    /// <summary>Returns the evidence; throws <see cref="CheckFailedException"/> when the host is not as it should be.</summary>
    Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken);
}
