namespace ContainerHost.Verification.Reports;

/// <summary>Where the files of a report lie.</summary>
public sealed record ReportPaths(string Json, string JUnit, string Html);
