namespace ContainerHost.Media;

/// <summary>A medium with drivers that Windows' set-up needs.</summary>
/// <param name="IsoPath">The ISO's absolute path; digest-checked and never written to.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
/// <param name="Folders">The folders on it with the drivers for the guest's Windows, with backslashes.</param>
internal sealed record DriverMedium(string IsoPath, string Origin, string Sha256, IReadOnlyList<string> Folders)
{
    /// <summary>The medium's name without its ending, such as <c>virtio-win-0.1.271</c>, which tells its version.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Origin);
}
