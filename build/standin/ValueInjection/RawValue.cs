namespace Nuke.Common.ValueInjection;

/// <summary>What somebody gave for a parameter, before it is read.</summary>
/// <param name="Texts">The texts; none for a switch.</param>
/// <param name="Source">Where they stand, as in "environment variable NAME".</param>
internal sealed record RawValue(IReadOnlyList<string> Texts, string Source);
