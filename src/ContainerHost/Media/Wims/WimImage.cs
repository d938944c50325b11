namespace ContainerHost.Media.Wims;

/// <summary>An image of a WIM file, by what its XML says of it; what it does not say is null.</summary>
/// <param name="Index">The image's number in the file, from 1.</param>
/// <param name="Name">Its name, such as "Windows Server 2022 SERVERDATACENTERCORE".</param>
/// <param name="EditionId">Windows' own id of the edition, such as <c>ServerDatacenterEval</c>.</param>
/// <param name="InstallationType"><c>Server Core</c> or <c>Server</c>.</param>
/// <param name="Architecture">9 is 64-bit Intel, 0 is 32-bit, 12 is 64-bit ARM.</param>
/// <param name="Build">The build number, such as 20348.</param>
/// <param name="Language">The default language, such as <c>en-US</c>.</param>
public sealed record WimImage(
    int Index,
    string Name,
    string? EditionId,
    string? InstallationType,
    int? Architecture,
    int? Build,
    string? Language
)
{
    /// <summary>What a guest that gets the image is to know of it.</summary>
    public WindowsImage ToGuest() => new(Index, Name, Build, Language);
}
