using ContainerHost.AnswerFiles;
using ContainerHost.Files;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests;

/// <summary>A simulated host, our hypervisor on it, and a folder here for what the build keeps of its hosts.</summary>
internal sealed class Scene : IDisposable
{
    public Scene(HostOptions? options = null, HyperVSpec? hyperV = null)
    {
        Directory.CreateDirectory(Folder);
        Host = new SimulatedHost(options ?? new HostOptions());
        Hypervisor = new HyperVHypervisor(Host.ToHost(), hyperV ?? new HyperVSpec(), Netsh);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"containerhost-hyperv-{Guid.NewGuid():N}");

    public SimulatedHost Host { get; }

    public Netsh Netsh { get; } = new();

    public IHypervisor Hypervisor { get; }

    public MachineSpec Describe(
        string name = "lab1",
        string guest = "debian-12-cloud",
        bool nested = true,
        Guid? mark = null
    )
    {
        var disk = Path.Combine(Folder, "base.vhdx");
        var seed = Path.Combine(Folder, "seed.iso");
        File.WriteAllText(disk, "a base disk");
        File.WriteAllText(seed, "an answer medium");
        HostName.TryParse(name, out var parsed).ShouldBeTrue();
        var folder = new HostFolder(Path.Combine(Folder, name));
        Directory.CreateDirectory(folder.Path);
        return new MachineSpec
        {
            Name = parsed!,
            InstanceId = mark ?? Guid.NewGuid(),
            Folder = folder,
            Cpus = 2,
            Memory = ByteSize.FromGiB(2),
            DiskSize = ByteSize.FromGiB(20),
            Guest = GuestCatalog.Find(guest)!,
            Boot = new BaseDisk
            {
                DiskPath = disk,
                Format = DiskFormat.Vhdx,
                Sha256 = new string('0', 64),
                Origin = "a test",
                Fingerprint = "0123456789ab",
            },
            Seed = new SeedMedia(seed, "fedcba"),
            Nested = nested,
        };
    }

    /// <summary>The settings of the host's only machine.</summary>
    public CimObject Settings => Host.Store.Find(Host.Machines.All.Single().Settings)!;

    public async Task<MachineSpec> CreateAsync(MachineSpec? machine = null)
    {
        var spec = machine ?? Describe();
        await Hypervisor.CreateAsync(spec, Token);
        return spec;
    }

    /// <summary>The only settings of that class that the host's only machine has.</summary>
    public CimObject Part(string className) => Host.Machines.PartsOf(Host.Machines.All.Single(), className).Single();

    /// <summary>The machine's own disk, as the host has it.</summary>
    public SimulatedFile DiskOf(MachineSpec machine) =>
        Host
            .Files.Find($@"{SimulatedHost.DiskFolder}\ContainerHost\{machine.InstanceId:D}\disk.vhdx")
            .ShouldNotBeNull();

    /// <summary>As an earlier run left it: an entry in Windows' proxy, and that it is the host's.</summary>
    public Task LeadAsync(MachineSpec machine, PortForward forward, string address)
    {
        Netsh.Listen($"{forward.Address}:{forward.Port}", $"{address}:{forward.GuestPort}");
        return File.AppendAllTextAsync(machine.Folder.Forwards, $"{new ProxyEntry(forward, address)}\n");
    }

    public Task DestroyAsync(MachineSpec machine) => Hypervisor.DestroyAsync(machine.Folder, machine.InstanceId, Token);

    /// <summary>What the host has of a machine: itself, devices, files.</summary>
    public IReadOnlyList<string> LeftoversOf(MachineSpec machine)
    {
        // A job that nobody waits for any more must not bring it back later.
        for (var second = 0; second < 60; second++)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            Host.Tick();
        }
        return
        [
            .. Host
                .Machines.All.Select(one => Host.Store.Find(one.Settings)!)
                .Where(one => OwnershipMark.ReadFrom(one) == machine.InstanceId)
                .Select(one => $"machine {one.Text("ElementName")}"),
            .. Host.Files.Paths.Where(path =>
                path.Contains($"{machine.InstanceId:D}", StringComparison.OrdinalIgnoreCase)
            ),
            .. new[] { machine.Folder.Machine }.Where(File.Exists),
        ];
    }

    public void Dispose()
    {
        Netsh.Dispose();
        Host.Violations.ShouldBeEmpty("Microsoft's schema does not allow what the product did");
        Directory.Delete(Folder, recursive: true);
    }
}
