namespace ContainerHost.Verification.Reports;

/// <summary>A step of the timeline with its place on the drawing, both as fractions of its width, and the pause before it that was cut.</summary>
internal sealed record TimelineBar(TimelineEntry Entry, double Offset, double Width, TimeSpan Pause);
