namespace ContainerHost.Prerequisites;

/// <summary>One row of the report: what was found for a requirement, what is needed, the verdict, and how to fix it (empty when all is well).</summary>
public sealed record PrerequisiteRow(Requirement Requirement, string Found, string Needed, Verdict Verdict, string Fix);
