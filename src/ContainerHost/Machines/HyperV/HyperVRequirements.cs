using ContainerHost.Files;
using ContainerHost.Prerequisites;
using ContainerHost.Prerequisites.Lists;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>What a host on Hyper-V needs of the Hyper-V host and of this machine, in the order of the report.</summary>
internal sealed class HyperVRequirements(HyperVInspector inspector, LocalMachine machine)
{
    private const string Reach = "windows";
    private const string Role = "hyper-v";
    private const string Rights = "rights";

    // Windows 10 1607 and Windows Server 2016: the first with secure boot templates and nesting.
    private const int LeastBuild = WindowsBuilds.Server2016;

    public IReadOnlyList<RequirementCheck> For(HostSpec spec, LocalFolders paths)
    {
        var host = new HostFolder(Path.Combine(Path.GetFullPath(paths.HostsDirectory), spec.Name.Value));
        return
        [
            Windows(),
            Firmware(),
            HyperVRole(),
            Administrator(),
            .. spec.NeedsNested ? [Nesting(spec), Configuration()] : Array.Empty<RequirementCheck>(),
            Switch(),
            Memory(spec),
            Disk(spec),
            FolderRequirements.CacheSpace(spec, paths, host, machine),
            FreeMachineName(spec, host),
            .. NeedsConversion(spec) ? [QemuImg()] : Array.Empty<RequirementCheck>(),
            .. spec.Windows?.Installation == WindowsInstallation.Apply
                ? [ApplyRequirement.For(machine, Reach)]
                : Array.Empty<RequirementCheck>(),
            .. FolderRequirements.Access(paths),
            FolderRequirements.FreeName(host),
        ];
    }

    private RequirementCheck Windows() =>
        Ask(
            Reach,
            "Windows that can be reached",
            "Win32_OperatingSystem is read.",
            $"build {LeastBuild} (Windows 10 1607, Windows Server 2016) or newer",
            "run the build on a newer Windows, or name a newer host with --hyper-v-host.",
            [],
            async token =>
            {
                var facts = await inspector.FactsAsync(token);
                return new Finding(
                    facts.Build >= LeastBuild,
                    $"{facts.Title}, build {facts.Build}, at {inspector.Host}"
                );
            }
        );

    private RequirementCheck Firmware() =>
        Ask(
            "firmware",
            "Virtualisation in the firmware",
            "Win32_Processor and Win32_ComputerSystem are read.",
            "on",
            "turn on VT-x or AMD-V (SVM) in the firmware's set-up; in a virtual machine, expose virtualisation to it.",
            [Reach],
            async token =>
            {
                var facts = await inspector.FactsAsync(token);
                var found =
                    facts.HypervisorRuns ? "on: a hypervisor runs"
                    : facts.FirmwareEnabled ? "on"
                    : "off";
                return new Finding(facts.HypervisorRuns || facts.FirmwareEnabled, found);
            }
        );

    private RequirementCheck HyperVRole() =>
        Ask(
            Role,
            "Hyper-V and its service",
            "The service vmms is looked for.",
            "installed and running",
            "install it (Windows Server: 'Install-WindowsFeature Hyper-V -IncludeManagementTools -Restart'; Windows: 'Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V -All'), or start it: 'Start-Service vmms'.",
            [Reach],
            async token =>
            {
                var state = await inspector.ServiceAsync(token);
                return new Finding(
                    state == "Running",
                    state is null ? "not installed" : $"the service vmms is {state}"
                );
            }
        );

    private RequirementCheck Administrator() =>
        Ask(
            Rights,
            "Rights over Hyper-V",
            "Its management service is looked for, which it shows to its administrators only.",
            "elevated, or a member of Hyper-V Administrators",
            "run the build elevated, or add this user to the group: 'Add-LocalGroupMember -SID S-1-5-32-578 -Member $env:USERNAME', then log in again.",
            [Role],
            async token =>
            {
                var may = await inspector.IsAdministratorAsync(token);
                return new Finding(
                    may,
                    may ? "this user administers Hyper-V" : "this user does not administer Hyper-V"
                );
            }
        );

    private RequirementCheck Nesting(HostSpec spec) =>
        Ask(
            "nesting",
            "Virtualisation for guests",
            "Windows' build and the processor's vendor are compared with what Hyper-V nests on.",
            $"for --isolation {spec.Isolation}",
            "use a newer Windows, or go without containers in machines: --isolation Process.",
            [Reach],
            async token =>
            {
                var (can, reason) = (await inspector.FactsAsync(token)).Nesting();
                return new Finding(can, reason);
            }
        );

    private RequirementCheck Configuration() =>
        Ask(
            "configuration-version",
            "Configuration version of new machines",
            "The versions that the host supports are read.",
            "8.0 on Intel, 10.0 on AMD",
            "use a newer Windows, or go without containers in machines: --isolation Process.",
            [Rights],
            async token =>
            {
                var least = (await inspector.FactsAsync(token)).LeastConfiguration;
                var newest = await inspector.ConfigurationVersionAsync(token);
                return new Finding(newest >= least, newest is null ? "the host tells of none" : $"{newest}");
            }
        );

    private RequirementCheck Switch() =>
        Ask(
            "switch",
            "A virtual switch",
            "The switches and what they lead to are read.",
            "one external, or one named by --switch",
            "name one with --switch.",
            [Rights],
            async token => new Finding(true, await inspector.SwitchAsync(token))
        );

    private RequirementCheck Memory(HostSpec spec) =>
        Ask(
            "memory",
            "Memory",
            "All memory of the machine is compared with --memory; static memory is taken whole at the start.",
            $"more than {spec.Memory}",
            "give the host less with --memory.",
            [Reach],
            async token =>
            {
                var all = new ByteSize((await inspector.FactsAsync(token)).Memory);
                return new Finding(all > spec.Memory, $"{all.ToHumanString()} in all");
            }
        );

    private RequirementCheck Disk(HostSpec spec) =>
        Ask(
            "disk",
            "Disk space for the host",
            "Hyper-V's virtual hard disk folder is read, and the space free there.",
            spec.DiskSize.ToHumanString(),
            "free some space, or move the folder: 'Set-VMHost -VirtualHardDiskPath'.",
            [Rights],
            async token =>
            {
                var (folder, free) = await inspector.DisksAsync(token);
                return free is { } bytes
                    ? new Finding(bytes >= spec.DiskSize, $"{bytes.ToHumanString()} free at {folder}")
                    : new Finding(true, $"not told by a remote host, at {folder}");
            }
        );

    private RequirementCheck FreeMachineName(HostSpec spec, HostFolder host) =>
        Ask(
            "name-machine",
            "The name is free among the machines",
            "Machines of that name are looked for, and our mark in their notes.",
            $"no other machine named '{spec.Name}'",
            "choose another --name, or remove that machine.",
            [Rights],
            async token =>
            {
                var marks = await inspector.MarksOfAsync(spec.Name, token);
                if (marks.Contains(null))
                    return new Finding(false, "a machine of that name is not ours");
                var ours = File.Exists(host.State);
                return new Finding(
                    marks.Count == 0 || ours,
                    marks.Count == 0 ? "free"
                        : ours ? "our host"
                        : "a machine of another host of ours"
                );
            }
        );

    // Windows is installed onto a disk that Hyper-V makes. Of another disk its name tells, since the check must not download it.
    private static bool NeedsConversion(HostSpec spec) =>
        spec.DiskImage is { } image
            ? !image.EndsWith(".vhdx", StringComparison.OrdinalIgnoreCase)
            : spec.Guest.Source is not GuestSource.Medium;

    private RequirementCheck QemuImg() =>
        new ToolRequirement(
            "qemu-img",
            "QEMU's disk tool, which converts to VHDX",
            "qemu-img",
            "--version",
            Package: null
        )
        {
            Fix =
                "install QEMU and put its folder on the PATH, or bring a disk of Hyper-V's own format: --disk-image FILE.vhdx.",
        }.On(machine);

    private static RequirementCheck Ask(
        string id,
        string title,
        string how,
        string needed,
        string fix,
        IReadOnlyList<string> dependsOn,
        Func<CancellationToken, Task<Finding>> ask
    ) =>
        new(
            new Requirement
            {
                Id = id,
                Title = title,
                How = how,
                Needed = needed,
                Fix = fix,
                DependsOn = dependsOn,
            },
            ask
        );
}
