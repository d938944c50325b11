using ContainerHost.Specification;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>Files that Debian packages bring.</summary>
internal static class FileRequirements
{
    public const string FirmwareName = "OVMF_CODE_4M.fd";

    /// <summary>The UEFI firmware that guests start by which have no other way.</summary>
    public static RequirementCheck Firmware(LocalMachine machine) =>
        new(
            new Requirement
            {
                Id = "firmware",
                Title = "UEFI firmware for guests",
                How = $"{FirmwareName} is looked for.",
                Needed = "OVMF, by which Windows starts",
                Fix = "install the package ovmf.",
                AptPackages = ["ovmf"],
            },
            () => Look(machine.FirmwareDirectory, FirmwareName)
        );

    public static RequirementCheck Keyring(LocalMachine machine, GuestSource.Apt source) =>
        new(
            new Requirement
            {
                Id = "keyring",
                Title = "The keys of Debian's archive",
                How = $"The keys of {source.Release} are looked for in {machine.KeyringsDirectory}.",
                Needed = "to check what the guest is built from",
                Fix = "install the package debian-archive-keyring.",
                AptPackages = ["debian-archive-keyring"],
            },
            () =>
                // The package has had a file for each release since Debian 8.
                Look(machine.KeyringsDirectory, $"debian-archive-{source.Release}-*") is var found
                && !found.Met
                && Look(machine.KeyringsDirectory, "debian-archive-keyring.*").Met
                    ? found with
                    {
                        Fix = source.KeyringAdvice,
                    }
                    : found
        );

    private static Finding Look(string folder, string pattern)
    {
        var found = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, pattern).Order().FirstOrDefault()
            : null;
        return new Finding(found is not null, found ?? $"no {pattern} in {folder}");
    }
}
