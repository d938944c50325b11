using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>What a machine's disk and identity are made of; a machine made of the same may be kept.</summary>
internal static class CreateVmFingerprint
{
    public static string Of(HostSpec spec) =>
        Fingerprint.Of(
            new
            {
                spec.Name,
                spec.Provider,
                spec.Guest,
                spec.DiskImage,
                spec.DiskImageSha256,
                spec.DiskSize,
                Windows = spec.Windows is { } windows
                    ? new
                    {
                        windows.Edition,
                        windows.Iso,
                        windows.IsoSha256,
                        windows.Installation,
                        windows.Devices,
                        windows.VirtioDrivers,
                        windows.VirtioDriversSha256,
                        windows.OpenSshPackage,
                        windows.OpenSshPackageSha256,
                    }
                    : null,
                Answers = Fingerprint.OfFile(spec.AnswerFile),
            }
        );
}
