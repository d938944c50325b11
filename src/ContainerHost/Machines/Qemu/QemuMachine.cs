namespace ContainerHost.Machines.Qemu;

/// <summary>
/// The file machine.json: a machine as QEMU runs it, under kvm or tcg, with the port on 127.0.0.1 that leads to the guest's SSH server; 0 lets
/// the kernel choose a free one, without a race.
/// </summary>
internal sealed record QemuMachine(MachineSpec Spec, string Accelerator, int Port);
