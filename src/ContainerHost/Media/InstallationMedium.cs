namespace ContainerHost.Media;

/// <summary>A medium that installs Windows onto an empty disk: the ISO's path, and the image of its WIM file that is installed.</summary>
/// <param name="IsoPath">The ISO's absolute path; digest-checked and never written to.</param>
/// <param name="ImageIndex">The image's number in the WIM file, from 1.</param>
/// <param name="ImageName">Its name, such as "Windows Server 2022 SERVERDATACENTERCORE".</param>
/// <param name="Build">Its Windows build, such as 20348; null when the medium does not say.</param>
/// <param name="Language">Its language, such as <c>en-US</c>; null when the medium does not say.</param>
public sealed record InstallationMedium(
    string IsoPath,
    int ImageIndex,
    string ImageName,
    int? Build,
    string? Language = null
);
