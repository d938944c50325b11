namespace ContainerHost.Targets.Input;

/// <summary>What somebody gave for a parameter.</summary>
/// <param name="Name">The parameter's name as it was written.</param>
/// <param name="Values">The values; none for a switch.</param>
/// <param name="Source">Where it stands, such as <c>'Name' in .nuke/parameters.json</c>.</param>
internal sealed record GivenParameter(string Name, IReadOnlyList<string> Values, string Source);
