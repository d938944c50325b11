using System.Text.Json.Serialization;
using ContainerHost.Media;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// The file machine.json: a machine as QEMU runs it, under kvm or tcg, with the port on 127.0.0.1 that leads to the guest's SSH server; 0 lets
/// the kernel choose a free one, without a race.
/// </summary>
internal sealed record QemuMachine(MachineSpec Spec, string Accelerator, int Port)
{
    /// <summary>True once the machine has gone on with what was saved; from then on it boots like any other.</summary>
    public bool HasContinued { get; init; }

    /// <summary>What it goes on with at its next start; null where it boots.</summary>
    [JsonIgnore]
    public SavedMachine? Continues => HasContinued ? null : Spec.Saved;
}
