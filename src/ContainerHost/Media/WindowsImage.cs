namespace ContainerHost.Media;

/// <summary>An image of a WIM file that becomes a guest's Windows.</summary>
/// <param name="Index">Its number in the WIM file, from 1.</param>
/// <param name="Name">Its name, such as "Windows Server 2022 SERVERDATACENTERCORE".</param>
/// <param name="Build">Its Windows build, such as 20348; null when the medium does not say.</param>
/// <param name="Language">Its language, such as <c>en-US</c>; null when the medium does not say.</param>
/// <param name="EditionId">Windows' own id of its edition, such as <c>ServerDatacenterEval</c>; null when the medium does not say.</param>
internal sealed record WindowsImage(
    int Index,
    string Name,
    int? Build,
    string? Language = null,
    string? EditionId = null
);
