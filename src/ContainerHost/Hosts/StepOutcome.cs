namespace ContainerHost.Hosts;

/// <summary>How a step ended: done now or skipped since it was up to date, and a line that says what or why.</summary>
public sealed record StepOutcome(Step Step, bool Skipped, string Note);
