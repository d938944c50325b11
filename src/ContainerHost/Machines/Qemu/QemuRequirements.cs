using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ContainerHost.Files;
using ContainerHost.Prerequisites;
using ContainerHost.Prerequisites.Lists;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Machines.Qemu;

/// <summary>What a host on QEMU needs of this machine, in the order of the report.</summary>
internal sealed class QemuRequirements(IHypervisor hypervisor, LocalMachine machine)
{
    private const string Qemu = "qemu";
    private const string Accelerator = "accelerator";
    private static readonly Version Least = new(7, 0);

    public IReadOnlyList<RequirementCheck> For(HostSpec spec, LocalFolders paths)
    {
        var host = new HostFolder(Path.Combine(Path.GetFullPath(paths.HostsDirectory), spec.Name.Value));
        return
        [
            .. Tools(spec).Select(tool => tool.On(machine)),
            .. spec.Mount is null ? [] : MountRequirements.For(machine),
            StartsGuest(),
            .. spec.NeedsNested ? [Nesting(spec)] : Array.Empty<RequirementCheck>(),
            Memory(spec, host),
            .. FolderRequirements.Space(spec, paths, host, machine),
            .. spec is { Guest.Source: GuestSource.Apt apt, DiskImage: null }
                ? DebianImageRequirements.For(machine, apt)
                : [],
            .. spec.Guest.Family.NeedsUefi ? [FileRequirements.Firmware(machine)] : Array.Empty<RequirementCheck>(),
            Port(),
            .. FolderRequirements.Access(paths),
            FolderRequirements.FreeName(host),
            FreeRunningName(spec.Name, host),
        ];
    }

    private static IEnumerable<ToolRequirement> Tools(HostSpec spec) =>
        [
            new(Qemu, "QEMU", "qemu-system-x86_64", "--version", "qemu-system-x86") { Least = Least },
            new("qemu-img", "QEMU's disk tool", "qemu-img", "--version", "qemu-utils") { Least = Least },
            .. spec.PrivateNetwork is null
                ? Array.Empty<ToolRequirement>()
                : [new("switch", "VDE's switch", PrivateSwitch.Program, "--version", "vde-switch")],
        ];

    private RequirementCheck StartsGuest() =>
        new(
            new Requirement
            {
                Id = Accelerator,
                Title = "An accelerator that starts a guest",
                How = "A guest of a few bytes is started under KVM, else under TCG.",
                Needed = "kvm, or tcg (slower)",
                Fix = "reinstall qemu-system-x86.",
                // The verdict is kept in the cache.
                DependsOn = [Qemu, FolderRequirements.CacheAccess],
            },
            async token =>
            {
                // Slow ones are fine, and say why they are slow.
                var features = await hypervisor.GetFeaturesAsync(token);
                return new Finding(true, $"{features.Accelerator}: {features.AcceleratorReason}");
            }
        );

    private RequirementCheck Nesting(HostSpec spec) =>
        new(
            new Requirement
            {
                Id = "nesting",
                Title = "Virtualisation for guests",
                How = "The accelerator and its kernel module are asked.",
                Needed = $"for --isolation {spec.Isolation}",
                Fix = "load the KVM module with nested=1, or go without containers in machines: --isolation Process.",
                DependsOn = [Accelerator],
            },
            async token =>
            {
                var features = await hypervisor.GetFeaturesAsync(token);
                return new Finding(features.NestedVirtualization, features.NestedReason);
            }
        );

    private RequirementCheck Memory(HostSpec spec, HostFolder host) =>
        new(
            new Requirement
            {
                Id = "memory",
                Title = "Available memory",
                How = "MemAvailable in /proc/meminfo is compared with --memory.",
                Needed = $"{spec.Memory} and what the hypervisor takes",
                Fix = "end other programs, or give the host less with --memory.",
                // Emulation takes more for itself.
                DependsOn = [Accelerator],
            },
            token => LookForMemoryAsync(spec.Memory, host, token)
        );

    private static RequirementCheck Port() =>
        new(
            new Requirement
            {
                Id = "port",
                Title = "A free port on 127.0.0.1",
                How = "One is taken and let go.",
                Needed = "one, for SSH to the guest",
                Fix = "end programs that hold many ports, or widen net.ipv4.ip_local_port_range.",
            },
            () =>
            {
                try
                {
                    using var listener = new TcpListener(IPAddress.Loopback, port: 0);
                    listener.Start();
                    return new Finding(true, $"port {((IPEndPoint)listener.LocalEndpoint).Port} was free");
                }
                catch (SocketException exception)
                {
                    return new Finding(false, exception.Message);
                }
            }
        );

    private RequirementCheck FreeRunningName(HostName name, HostFolder host) =>
        new(
            new Requirement
            {
                Id = "name-running",
                Title = "The name is free among running machines",
                How = "The arguments of running QEMU processes are read from /proc.",
                Needed = $"no other machine named '{name}'",
                Fix = "choose another --name if it confuses you; machines are told apart by their marks.",
                // QEMU lets names repeat: two checkouts may each have a host of the default name.
                Fatal = false,
            },
            async token =>
            {
                var ours = (await hypervisor.GetSpecAsync(host, token))?.InstanceId.ToString();
                var other = RunningProcess
                    .List(machine.ProcDirectory)
                    .Where(one => IsQemu(one.Words[0]))
                    .Where(one => name.Value.Equals(NameOf(one), StringComparison.OrdinalIgnoreCase))
                    .FirstOrDefault(one =>
                        !string.Equals(one.After("-uuid"), ours, StringComparison.OrdinalIgnoreCase)
                    );
                return other is null
                    ? new Finding(true, "no other machine of that name runs")
                    : new Finding(false, $"process {other.Id} runs another QEMU machine named '{NameOf(other)}'");
            }
        );

    // Distributions name it by the guest's architecture, or qemu-kvm.
    private static bool IsQemu(string program) =>
        Path.GetFileName(program) is "kvm" or "qemu-kvm"
        || Path.GetFileName(program).StartsWith("qemu-system-", StringComparison.Ordinal);

    // Either the bare name or libvirt's "guest=NAME,debug-threads=on".
    private static string? NameOf(RunningProcess machine) =>
        machine.After("-name")?.Split(',')[0] is not { } first ? null
        : first.StartsWith("guest=", StringComparison.Ordinal) ? first["guest=".Length..]
        : first;

    // Compares what the kernel says is available with what the machine will take on top of what it has already.
    private async Task<Finding> LookForMemoryAsync(
        ByteSize memory,
        HostFolder host,
        CancellationToken cancellationToken
    )
    {
        var available = await ReadAvailableAsync(cancellationToken);
        var found = $"{available.ToHumanString()} available";
        var has =
            await hypervisor.GetStateAsync(host, cancellationToken) == MachineState.Running
                ? await hypervisor.GetSpecAsync(host, cancellationToken)
                : null;
        if (has is not null && has.Memory >= memory)
            return new Finding(true, found, "none: the host runs already");
        // The hypervisor takes some for its devices, and for what it translates where it emulates the processor.
        var isEmulated = (await hypervisor.GetFeaturesAsync(cancellationToken)).Accelerator == "tcg";
        var overhead = ByteSize.FromMiB(256 + (isEmulated ? QemuArguments.TranslationCache.MiB : 0));
        var more = new ByteSize(memory.Bytes + overhead.Bytes - (has?.Memory.Bytes ?? 0));
        var most = ByteSize.FromMiB(Math.Max(0, available.MiB - overhead.MiB + (has?.Memory.MiB ?? 0)));
        return new Finding(
            available >= more,
            found,
            has is null
                ? $"{more.ToHumanString()} ({memory} and {overhead} for the hypervisor)"
                : $"{more.ToHumanString()} more than the host has",
            most < Limits.LeastMemory
                ? $"end other programs: a host needs {Limits.LeastMemory} at least."
                : $"end other programs, or give the host less: --memory {most.MiB}MiB at most."
        );
    }

    private async Task<ByteSize> ReadAvailableAsync(CancellationToken cancellationToken)
    {
        var meminfo = Path.Combine(machine.ProcDirectory, "meminfo");
        var line = (await File.ReadAllLinesAsync(meminfo, cancellationToken)).First(line =>
            line.StartsWith("MemAvailable:", StringComparison.Ordinal)
        );
        var kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return new ByteSize(long.Parse(kibibytes, CultureInfo.InvariantCulture) << 10);
    }
}
