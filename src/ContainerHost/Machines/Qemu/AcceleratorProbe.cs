using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// Proves accelerators by a guest that starts: a firmware of seven bytes at the reset vector that ends QEMU through its debug exit device.
/// It runs with the same processor model as real machines, since that is where KVM fails on some hosts that can open /dev/kvm.
/// </summary>
internal sealed class AcceleratorProbe(IProcessRunner processes)
{
    // isa-debug-exit turns the byte b written to it into exit code 2b+1.
    private const byte Written = 0x10;
    private const int Proved = 2 * Written + 1;

    /// <summary>Which accelerator started a guest and why that one; and why guests can have virtualisation of their own, or null when they cannot.</summary>
    internal sealed record Verdict(string Accelerator, string Reason, string? NestedReason, string Version = "");

    public async Task<Verdict> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists("/dev/kvm"))
            return await SoftwareAsync("this machine has no /dev/kvm", cancellationToken);
        var complaint = await TryAsync("kvm", cancellationToken);
        return complaint is null
            ? new Verdict("kvm", "a guest started under KVM", ReadNested())
            : await SoftwareAsync($"no guest starts under KVM: {complaint}", cancellationToken);
    }

    /// <summary>What of the KVM modules allows that guests run guests (Linux, Documentation/virt/kvm/x86/running-nested-guests.rst); null when nothing does.</summary>
    public static string? ReadNested()
    {
        foreach (var module in new[] { "kvm_amd", "kvm_intel" })
        {
            var path = $"/sys/module/{module}/parameters/nested";
            if (File.Exists(path) && File.ReadAllText(path).Trim() is "1" or "Y")
                return $"{module} has nested=1";
        }
        return null;
    }

    private async Task<Verdict> SoftwareAsync(string whyNotKvm, CancellationToken cancellationToken)
    {
        if (await TryAsync("tcg", cancellationToken) is { } complaint)
            throw new PrerequisitesMissingException(
                "start any guest with QEMU",
                $"{whyNotKvm}\nno guest starts under TCG: {complaint}",
                "reinstall qemu-system-x86, or look for a security policy that keeps QEMU from running."
            );
        var reason = $"software emulation, since {whyNotKvm}";
        return new Verdict("tcg", reason, "TCG emulates AMD-V, whatever the machine has");
    }

    /// <summary>Null when the guest's code ran, else why not.</summary>
    private async Task<string?> TryAsync(string accelerator, CancellationToken cancellationToken)
    {
        var firmware = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(firmware, Firmware(), cancellationToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeLimits.QemuProbe);
            var result = await processes.RunAsync(Probe(accelerator, firmware), limit.Token);
            return result.ExitCode == Proved ? null : FirstLine(result);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the guest's first instruction did not run within {TimeLimits.QemuProbe.TotalSeconds:0} s";
        }
        finally
        {
            File.Delete(firmware);
        }
    }

    private static Command Probe(string accelerator, string firmware) =>
        new(
            QemuArguments.Program,
            "-nodefaults",
            "-no-user-config",
            "-machine",
            "q35",
            "-accel",
            accelerator,
            "-cpu",
            QemuArguments.Cpu(accelerator, nested: true),
            "-smp",
            "2",
            "-m",
            "64M",
            "-display",
            "none",
            "-device",
            "isa-debug-exit,iobase=0xf4,iosize=1",
            "-bios",
            firmware,
            "-no-reboot"
        );

    private static byte[] Firmware()
    {
        var image = new byte[64 * 1024];
        Array.Fill(image, (byte)0xf4); // hlt
        // mov dx, 0xf4; mov al, Written; out dx, al; hlt - at 16 bytes before the end, where an x86 processor starts.
        byte[] code = [0xba, 0xf4, 0x00, 0xb0, Written, 0xee, 0xf4];
        code.CopyTo(image, image.Length - 16);
        return image;
    }

    private static string FirstLine(CommandResult result)
    {
        var said = result
            .StandardError.Split('\n')
            .FirstOrDefault(line => !line.Contains("warning:", StringComparison.Ordinal) && line.Length > 0);
        return said?.Replace($"{QemuArguments.Program}: ", "", StringComparison.Ordinal)
            ?? $"QEMU ended with exit code {result.ExitCode}";
    }
}
