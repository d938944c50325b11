using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Sweeps;

/// <summary>A shell of a scripted Debian guest: cloud-init, apt, systemd, containerd; and faults at any call.</summary>
internal sealed class ScriptedDebianShell(DebianState guest, Ports ports, Action save, Action letGo, Action powerOff)
    : IGuestShell
{
    private static readonly string[] Scripts =
    [
        "Hosts.Templates.become.py",
        "Guests.Scripts.tell-clock.sh",
        "Guests.Scripts.hold-keys.sh",
        "Guests.Scripts.prove-nested.py",
        "Guests.Debian.mount-data.sh",
        "Runtimes.Packages.check-distribution.sh",
        "Runtimes.Packages.resolve-packages.py",
        "Runtimes.Packages.install-packages.sh",
        "Runtimes.Containerd.install-release.sh",
        "Runtimes.Containerd.namespaces.sh",
        "Runtimes.MicroVms.micro-vm.py",
        "Runtimes.UserCommand.install-command.py",
        "Verification.Checks.prepare-image.sh",
    ];

    private bool _isLetGo;

    public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var script = command.StandardInput.Length > 0 ? NameOf(command) : null;
        var name = script ?? command.ToString();
        var fault = ports.Enter(Port.Guest, name);
        switch (fault)
        {
            case PortFault.Lost or PortFault.Stalls:
                throw Ports.Broken($"run {name} in the guest", fault.Value);
            case PortFault.Reboots:
                guest.Reboot();
                save();
                throw Ports.Broken($"run {name} in the guest", fault.Value);
            // What it did before is done.
            case PortFault.Killed:
                Answer(script, command);
                save();
                return Task.FromResult(new CommandResult(137, "", ""));
            case not (null or PortFault.Truncated):
                return Task.FromResult(new CommandResult(1, "", Ports.Told(fault.Value)));
        }
        var result = Answer(script, command);
        save();
        return Task.FromResult(
            fault == PortFault.Truncated
                ? result with
                {
                    StandardOutput = result.StandardOutput[..(result.StandardOutput.Length / 2)],
                }
                : result
        );
    }

    public Task UploadAsync(string localPath, string guestPath, UnixFileMode mode, CancellationToken cancellationToken)
    {
        if (ports.Enter(Port.Upload, guestPath) is { } fault)
            throw Ports.Broken("copy a file into the guest", fault);
        File.Exists(localPath).ShouldBeTrue();
        guest.Uploads.Add(guestPath);
        save();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isLetGo, true))
            letGo();
        return ValueTask.CompletedTask;
    }

    private CommandResult Answer(string? script, Command command)
    {
        try
        {
            var output = script is null ? Program(command) : Script(script, [.. command.Arguments.SkipWhile(IsFlag)]);
            return output is null ? new CommandResult(1, "", "") : new CommandResult(0, output, "");
        }
        catch (InvalidOperationException refused)
        {
            return new CommandResult(1, "", refused.Message);
        }
    }

    private static bool IsFlag(string word) => word is "-s" or "--" or "-";

    // Null for exit code 1 without a word.
    private string? Program(Command command) =>
        (command.Program, command.Arguments.ToArray()) switch
        {
            ("cloud-init", _) => "status: done\nextended_status: done\ndetail: DataSourceNoCloud [seed=/dev/vdb]\n",
            ("cat", ["/proc/sys/kernel/random/boot_id"]) => $"{guest.BootId}\n",
            ("cat", ["/etc/machine-id"]) => $"{guest.MachineId:N}\n",
            ("systemd-run", [.., "systemctl", "poweroff", "--force"]) => PowerOff(),
            ("ip", ["-json", ..]) =>
                """[{"ifname":"enp0s2","addr_info":[{"family":"inet","local":"10.0.2.15","prefixlen":24}]}]""",
            ("ss", _) => "0      0       10.0.2.15:22   10.0.2.2:43210\n",
            ("systemctl", ["--no-block", "reboot"]) => Reboot(),
            ("systemctl", ["start", ..]) => Start(),
            ("systemctl", ["is-active", ..]) => guest.IsActive ? "active\n" : null,
            ("systemctl", ["is-system-running", ..]) => "running\n",
            ("systemctl" or "mkdir" or "rmdir" or "rm" or "tail" or "journalctl", _) => "",
            ("grep" or "test", _) => null,
            ("ctr", var words) => ScriptedContainerd.Ctr(guest, words),
            ("buildah", var words) => ScriptedContainerd.Buildah(guest, words),
            ("sh", ["-c", var line, ..]) when line.Contains("/proc/mounts", StringComparison.Ordinal) =>
                guest.Networks.Contains("verify-life") ? "verify-life\n" : null,
            ("sh", ["-c", var line, ..]) when line.StartsWith("cat", StringComparison.Ordinal) => guest.Shared,
            ("sh", ["-c", _, "sh", _, var text]) => Share(text),
            _ => throw new InvalidOperationException($"{command}: no such command"),
        };

    private string Script(string name, string[] words)
    {
        switch (name)
        {
            case "Guests.Scripts.tell-clock.sh":
                return "{\"ahead\":0}\n";
            case "Guests.Scripts.prove-nested.py":
                return "processor flag svm, module kvm_amd, /dev/kvm: a virtual machine ran, wrote 42 to port 16 and halted\n";
            case "Guests.Debian.mount-data.sh":
                words.ShouldBe(["containerhost-data", "8"]);
                return "/data has 973MiB, 905MiB of it free\n";
            case "Runtimes.Packages.resolve-packages.py":
                return DebPackage.Resolution(guest.HasPackages);
            case "Runtimes.Packages.install-packages.sh":
                guest.Uploads.ShouldContain(words[0]);
                guest.HasPackages = true;
                return "";
            case "Runtimes.Containerd.install-release.sh":
                words.ShouldAllBe(archive => guest.Uploads.Contains(archive));
                guest.HasRelease = true;
                return "";
            case "Runtimes.Containerd.namespaces.sh":
                guest.Containers.Remove(words[1]);
                if (words[0] == "add")
                    guest.Networks.Add(words[1]);
                else
                    guest.Networks.Remove(words[1]);
                return "";
            case "Runtimes.MicroVms.micro-vm.py":
                return ScriptedContainerd.MicroVm(guest, words[0]);
            case "Verification.Checks.prepare-image.sh":
                return "FROM scratch\nCOPY hello /hello\n";
            default:
                return "";
        }
    }

    private string PowerOff()
    {
        powerOff();
        return "";
    }

    private string Reboot()
    {
        guest.Reboot();
        return "";
    }

    private string Start()
    {
        if (!guest.HasPackages || !guest.HasRelease)
            throw new InvalidOperationException(
                "Failed to start containerd.service: Unit containerd.service not found."
            );
        guest.IsActive = true;
        return "";
    }

    private string Share(string text)
    {
        guest.Shared = $"{text}\n";
        return "";
    }

    private static string NameOf(Command command) =>
        Scripts.FirstOrDefault(name => GuestScript.Load(name).Text == command.StandardInput)
        ?? throw new InvalidOperationException($"no such script: {command.StandardInput[..60]}");
}
