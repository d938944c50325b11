using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Prerequisites;
using ContainerHost.Prerequisites.Lists;

namespace ContainerHost.Machines.Qemu;

/// <summary>UEFI for machines that need it: OVMF as Debian and Ubuntu package it, with variables of the machine's own.</summary>
internal static class QemuFirmware
{
    private const string Code = $"{LocalMachine.FirmwareFolder}/{FileRequirements.FirmwareName}";
    private const string Variables = $"{LocalMachine.FirmwareFolder}/OVMF_VARS_4M.fd";

    public static bool IsNeededBy(MachineSpec spec) =>
        spec.Guest.Family.NeedsUefi || spec.Boot is BaseDisk { NeedsUefi: true };

    public static void Prepare(HostFolder folder, string host)
    {
        try
        {
            File.Copy(Variables, folder.Firmware, overwrite: true);
        }
        catch (IOException exception)
        {
            throw Missing(host, exception.Message, exception);
        }
    }

    /// <summary>Refuses a machine with variables of its own where the firmware that they are of is not there.</summary>
    public static void RequireCode(string host)
    {
        if (!File.Exists(Code))
            throw Missing(host, $"{Code} is not there");
    }

    private static ContainerHostException Missing(string host, string saw, Exception? inner = null) =>
        new(
            "give the machine its UEFI firmware",
            saw,
            "install the package ovmf: 'apt-get install ovmf', or CheckPrereqs with --install-prereqs.",
            host,
            inner
        );

    public static IReadOnlyList<string> Arguments { get; } =
    [
        "-drive",
        $"if=pflash,unit=0,format=raw,readonly=on,file={Code}",
        "-drive",
        $"if=pflash,unit=1,format=raw,file={HostFolder.FirmwareName}",
    ];
}
