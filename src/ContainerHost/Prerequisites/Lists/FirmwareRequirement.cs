using ContainerHost.Machines.Qemu;
using ContainerHost.Prerequisites.Probes;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>The UEFI firmware that Windows guests start by on QEMU.</summary>
internal static class FirmwareRequirement
{
    public static RequirementCheck For(LocalMachine machine) =>
        new(
            new Requirement
            {
                Id = "firmware",
                Title = "UEFI firmware for guests",
                How = $"{QemuFirmware.CodeName} is looked for.",
                Needed = "OVMF, by which Windows starts",
                Fix = "install the package ovmf.",
                AptPackages = ["ovmf"],
            },
            new FileProbe(machine.FirmwareDirectory, QemuFirmware.CodeName)
        );
}
