namespace ContainerHost.Specification;

/// <summary>The builds of Windows that something depends on, and what others call the Windows Server of each.</summary>
internal static class WindowsBuilds
{
    public const int Server2016 = 14393;
    public const int Windows10Version1709 = 16299;
    public const int Server2019 = 17763;
    public const int Server2022 = 20348;
    public const int Windows11 = 22000;
    public const int Server2025 = 26100;

    /// <summary>
    /// The oldest first: the folder on Fedora's media of virtio drivers, and the tag of nanoserver for hosts of that build (Microsoft's
    /// "Windows container version compatibility"); null where there is none today.
    /// </summary>
    public static IReadOnlyList<(int Build, string DriverFolder, string? NanoServerTag)> Servers { get; } =
    [
        (Server2016, "2k16", null),
        (Server2019, "2k19", "ltsc2019"),
        (Server2022, "2k22", "ltsc2022"),
        (Server2025, "2k25", "ltsc2025"),
    ];
}
