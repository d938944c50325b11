namespace ContainerHost.Machines.Qemu;

/// <summary>The file machine.json: a machine as QEMU runs it.</summary>
/// <param name="Spec">The machine.</param>
/// <param name="Accelerator">What executes guest code: kvm or tcg.</param>
/// <param name="Port">The port on 127.0.0.1 that leads to the guest's SSH server; 0 lets the kernel choose a free one, without a race.</param>
internal sealed record QemuMachine(MachineSpec Spec, string Accelerator, int Port);
