namespace ContainerHost.Media;

/// <summary>A medium that installs Windows onto an empty disk.</summary>
internal sealed record InstallationMedium : BootMedia
{
    /// <summary>The ISO's absolute path.</summary>
    public required string IsoPath { get; init; }

    /// <summary>The image that is installed.</summary>
    public required WindowsImage Image { get; init; }

    /// <summary>A second medium with drivers that set-up needs; null where Windows has them.</summary>
    public DriverMedium? Drivers { get; init; }

    /// <inheritdoc/>
    public override string Path => IsoPath;

    /// <inheritdoc/>
    public override WindowsImage SetsUp => Image;
}
