namespace ContainerHost.Media;

/// <summary>A medium that installs Windows onto an empty disk.</summary>
/// <param name="IsoPath">The ISO's absolute path; digest-checked and never written to.</param>
/// <param name="Image">The image that is installed.</param>
/// <param name="Drivers">A second medium with drivers that set-up needs; null where Windows has them.</param>
public sealed record InstallationMedium(string IsoPath, WindowsImage Image, DriverMedium? Drivers = null);
