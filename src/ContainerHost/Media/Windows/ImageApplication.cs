using System.Globalization;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Media.Windows;

/// <summary>An image of a medium that is to be applied to a base disk, with features of Windows turned on.</summary>
internal sealed record ImageApplication(string IsoPath, string IsoSha256, string Origin, string WimPath)
{
    // Every host's own disk may be larger; its Windows grows into it at the first boot.
    private static readonly ByteSize DiskSize = GuestFamily.WindowsServer.LeastDisk;

    // Raised when the script makes another disk of the same inputs.
    private const int Recipe = 1;

    private static readonly string Script = EmbeddedText.Load("Media.Windows.apply-image.ps1");

    public required WindowsImage Image { get; init; }

    /// <summary>DISM's names of the features.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>All that the disk depends on, as one short hash.</summary>
    public string Fingerprint =>
        Specification.Fingerprint.OfText($"{Recipe} {IsoSha256} {Image.Index} {DiskSize} {FeatureList}");

    private string FeatureList => string.Join(',', Features);

    /// <summary>The features that a host needs, which spares it a reboot.</summary>
    public static IReadOnlyList<string> FeaturesFor(HostSpec spec) =>
        spec.Runtime == RuntimeKind.None ? []
        : spec.NeedsNested ? ["Containers", "Microsoft-Hyper-V", "Microsoft-Hyper-V-Management-PowerShell"]
        : ["Containers"];

    /// <summary>The command that makes the disk at that path.</summary>
    public Command ToCommand(string disk) =>
        new PowerShellJob(
            Script,
            IsoPath,
            WimPath.Replace('/', '\\'),
            Image.Index.ToString(CultureInfo.InvariantCulture),
            $"{Image.Build ?? 0}",
            disk,
            DiskSize.Bytes.ToString(CultureInfo.InvariantCulture),
            FeatureList
        ).ToCommand();
}
