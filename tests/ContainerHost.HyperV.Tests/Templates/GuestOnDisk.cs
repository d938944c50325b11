using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.HyperV.Tests.Templates;

/// <summary>Debian guests of the simulated host's machines: who they are is on their disks, whichever those lie on, and nobody else's key opens them.</summary>
internal sealed class GuestOnDisk(SimulatedHost host) : IGuestConnector
{
    private readonly Dictionary<string, DateTimeOffset> _booted = [];

    /// <summary>True for guests that do not turn themselves off.</summary>
    public bool StaysOn { get; set; }

    /// <summary>Says how a command fails, by its words; null for no fault.</summary>
    public Func<string, string?> Faults { get; set; } = _ => null;

    /// <summary>What was run in any guest, in order.</summary>
    public List<string> Commands { get; } = [];

    public Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (host.Gate)
        {
            var machine = Find(wait.Host!);
            var disk = Boot(machine);
            var ssh = (SshAccess)access;
            if (ssh.HostPublicKey != disk.HostKey)
                throw Refused($"its host key is {disk.HostKey}, not the pinned {ssh.HostPublicKey}");
            var key = string.Join(' ', File.ReadAllText($"{ssh.ClientKeyPath}.pub").Split(' ').Take(2));
            if (!disk.Keys.Contains(key))
                throw Refused("Permission denied (publickey,password)");
            return Task.FromResult<IGuestShell>(new GuestOnDiskShell(this, machine));
        }
    }

    public Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string name,
        CancellationToken cancellationToken
    )
    {
        lock (host.Gate)
            Boot(Find(name)).Password.ShouldNotBeNull().ShouldStartWith("$6$");
        return Task.CompletedTask;
    }

    public GuestDisk Read(SimulatedMachine machine) => GuestDisk.Read(host.Machines.Read(machine));

    /// <summary>The address of the adapter that leads outside; the host draws one where none was given.</summary>
    public string MacOf(SimulatedMachine machine)
    {
        var port = host.Machines.PartsOf(machine, "Msvm_SyntheticEthernetPortSettingData").First();
        return port.Get<bool>("StaticMacAddress")
            ? string.Join(':', port.Text("Address").Chunk(2).Select(pair => new string(pair))).ToLowerInvariant()
            : $"00:15:5d:{machine.Id[..2]}:{machine.Id[2..4]}:{machine.Id[4..6]}".ToLowerInvariant();
    }

    public CommandResult Run(SimulatedMachine machine, Command command)
    {
        lock (host.Gate)
        {
            var name = NameOf(command);
            Commands.Add(name);
            if (Faults(name) is { } fault)
                return new CommandResult(1, "", fault);
            if (machine.State != HyperVState.Running)
                throw Refused("the connection broke");
            return Answer(machine, name, command) is { } output
                ? new CommandResult(0, output, "")
                : new CommandResult(1, "", "");
        }
    }

    private GuestDisk Boot(SimulatedMachine machine)
    {
        var disk = Read(machine);
        if (_booted.GetValueOrDefault(machine.Id) == machine.StartedAt)
            return disk;
        _booted[machine.Id] = machine.StartedAt;
        var medium = host.Machines.DisksOf(machine).Single(path => path.EndsWith(".iso", StringComparison.Ordinal));
        disk = disk.Boot(host.Files.Find(medium)!.Content!);
        host.Machines.Write(machine, disk.Write());
        return disk;
    }

    // A template's copy has the name of its host, which is off meanwhile.
    private SimulatedMachine Find(string name) =>
        host.Machines.All.FirstOrDefault(one => one.State == HyperVState.Running && IsNamed(one, name))
        ?? throw Refused($"no machine of '{name}' runs");

    private bool IsNamed(SimulatedMachine machine, string name) =>
        host.Store.Find(machine.Settings)!.Text("ElementName") is var title
        && (title == name || title == $"{name} (template)");

    private string? Answer(SimulatedMachine machine, string name, Command command)
    {
        switch (name)
        {
            case "cloud-init":
                return "status: done\nextended_status: done\n";
            case "cat /etc/machine-id":
                return $"{Read(machine).MachineId}\n";
            case "cat /proc/sys/kernel/random/boot_id":
                return $"boot of {machine.StartedAt:O} {Commands.Count(one => one == "systemctl --no-block reboot")}\n";
            case "ip":
                return """[{"ifname":"eth0","addr_info":[{"family":"inet","local":"192.0.2.17","prefixlen":24}]}]""";
            case "ss":
                return "0      0       192.0.2.17:22   192.0.2.1:43210\n";
            case "Guests.Scripts.tell-clock.sh":
                return "{\"ahead\":0}\n";
            case "Hosts.Templates.become.py":
                command.Arguments.ShouldBe(["-", "off", "admin"]);
                host.Machines.Write(machine, Read(machine).Strip().Write());
                return "";
            case "Verification.Checks.tell-identity.sh":
                return Tell(Read(machine), MacOf(machine));
            case "systemd-run":
                command.Arguments.TakeLast(3).ShouldBe(["systemctl", "poweroff", "--force"]);
                if (!StaysOn)
                    host.Machines.ShutDown(machine, TimeSpan.FromSeconds(2));
                return "";
            default:
                return name.StartsWith("systemctl", StringComparison.Ordinal) ? "" : null;
        }
    }

    private static string Tell(GuestDisk disk, string mac) =>
        $"name={disk.Name}\nmachine-id={disk.MachineId}\ninstance={disk.InstanceId}\nmac={mac}\n"
        + $"keys={disk.Keys.Count}\nkey={(disk.Keys is [var only, ..] ? only : null)?.Split(' ')[1]}\n"
        + $"host-keys=1\nhost-key={disk.HostKey?.Split(' ')[1]}\n";

    private static string NameOf(Command command)
    {
        string[] scripts =
        [
            "Guests.Scripts.tell-clock.sh",
            "Hosts.Templates.become.py",
            "Verification.Checks.tell-identity.sh",
        ];
        if (command.StandardInput.Length > 0)
            return scripts.FirstOrDefault(name => GuestScript.Load(name).Text == command.StandardInput)
                ?? command.StandardInput[..Math.Min(60, command.StandardInput.Length)];
        return command.Program is "cat" or "systemctl"
            ? $"{command.Program} {string.Join(' ', command.Arguments)}"
            : command.Program;
    }

    private static ContainerHostException Refused(string saw) => new("connect to the guest", saw, "look at it.");
}
