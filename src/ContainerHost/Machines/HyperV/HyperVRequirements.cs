using ContainerHost.Files;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Prerequisites;
using ContainerHost.Prerequisites.Lists;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>What a host on Hyper-V needs of the Hyper-V host and of this machine, in the order of the report.</summary>
internal sealed class HyperVRequirements(HyperVHost host, HyperVSpec options, LocalMachine machine)
{
    private const string Reach = "windows";
    private const string Role = "hyper-v";
    private const string Rights = "rights";

    // Windows 10 1607 and Windows Server 2016: the first with secure boot templates and nesting.
    private const int LeastBuild = WindowsBuilds.Server2016;

    private static readonly string ApplyTools = EmbeddedText.Load("Machines.HyperV.apply-tools.ps1");

    public IReadOnlyList<RequirementCheck> For(HostSpec spec, LocalFolders paths)
    {
        var folder = new HostFolder(Path.Combine(Path.GetFullPath(paths.HostsDirectory), spec.Name.Value));
        return
        [
            Windows(),
            Firmware(),
            Processors(spec),
            HyperVRole(),
            Administrator(),
            .. spec.NeedsNested ? [Nesting(spec), Configuration()] : Array.Empty<RequirementCheck>(),
            Switch(),
            .. spec.Forward is null ? Array.Empty<RequirementCheck>() : [Elevation(folder)],
            Memory(spec),
            Disk(spec),
            FolderRequirements.CacheSpace(spec, paths, folder, machine),
            FreeMachineName(spec, folder),
            .. NeedsConversion(spec) ? [QemuImg()] : Array.Empty<RequirementCheck>(),
            .. spec.Windows?.Installation == WindowsInstallation.Apply ? [Apply()] : Array.Empty<RequirementCheck>(),
            .. spec.Mount is null ? [] : MountRequirements.For(machine),
            .. FolderRequirements.Access(paths),
            FolderRequirements.FreeName(folder),
        ];
    }

    private RequirementCheck Windows() =>
        Ask(
            Reach,
            "Windows that can be reached",
            "Win32_OperatingSystem is read.",
            $"build {LeastBuild} (Windows 10 1607, Windows Server 2016) or newer",
            "run the build on a newer Windows, or name a newer host with --hyper-v-host.",
            dependsOn: null,
            Judge(facts => new Finding(
                facts.Build >= LeastBuild,
                $"{facts.Title}, build {facts.Build}, at {host.Space.Host}"
            ))
        );

    private RequirementCheck Firmware() =>
        Ask(
            "firmware",
            "Virtualisation in the firmware",
            "Win32_Processor and Win32_ComputerSystem are read.",
            "on",
            "turn on VT-x or AMD-V (SVM) in the firmware's set-up; in a virtual machine, expose virtualisation to it.",
            Reach,
            Judge(facts =>
                facts.HypervisorRuns ? new Finding(true, "on: a hypervisor runs")
                : facts.FirmwareEnabled ? new Finding(true, "on")
                : new Finding(false, "off")
            )
        );

    private RequirementCheck Processors(HostSpec spec) =>
        Ask(
            "processors",
            "Processors",
            "Their architecture is read, and how many there are; Hyper-V gives a machine no more, and says so only at its start.",
            $"x64, {spec.Cpus} or more",
            "give the host fewer with --cpus; images for x64 do not start on other architectures.",
            Reach,
            Judge(facts => new Finding(
                facts.IsX64 && (facts.Processors == 0 || facts.Processors >= spec.Cpus),
                $"{(facts.IsX64 ? "x64" : $"architecture {facts.Architecture}")}, {facts.Processors} logical"
            ))
        );

    private RequirementCheck HyperVRole() =>
        Ask(
            Role,
            "Hyper-V and its service",
            "The service vmms is looked for.",
            "installed and running",
            "install it (Windows Server: 'Install-WindowsFeature Hyper-V -IncludeManagementTools -Restart'; Windows: 'Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V -All'), or start it: 'Start-Service vmms'.",
            Reach,
            async token =>
            {
                var state = await host.Windows.ServiceStateAsync("vmms", token);
                var found = state is null ? "not installed" : $"the service vmms is {state}";
                return new Finding(state == "Running", found);
            }
        );

    // To others than its administrators the namespace is there and empty.
    private RequirementCheck Administrator() =>
        Ask(
            Rights,
            "Rights over Hyper-V",
            "Its management service is looked for, which it shows to its administrators only.",
            "elevated, or a member of Hyper-V Administrators",
            "run the build elevated, or add this user to the group: 'Add-LocalGroupMember -SID S-1-5-32-578 -Member $env:USERNAME', then log in again.",
            Role,
            async token =>
                await host.Space.QueryAsync(WqlQuery.From(HyperVHost.ManagementService), token) is { Count: > 0 }
                    ? new Finding(true, "this user administers Hyper-V")
                    : new Finding(false, "this user does not administer Hyper-V")
        );

    private static RequirementCheck Elevation(HostFolder folder) =>
        new(
            new Requirement
            {
                Id = "elevation",
                Title = "Rights over Windows' proxy",
                How = "It is asked whether the build runs as an administrator.",
                Needed = "elevated, for --forward",
                Fix =
                    "run the build as an administrator, or do without ports ('Resize --forward none' for a host that has some): the guest has an address of its own.",
                // A host that is there works without its ports.
                Fatal = !File.Exists(folder.State),
            },
            _ =>
                Task.FromResult(
                    Environment.IsPrivilegedProcess
                        ? new Finding(true, "the build runs elevated")
                        : new Finding(false, "the build does not run elevated")
                )
        );

    private RequirementCheck Nesting(HostSpec spec) =>
        Ask(
            "nesting",
            "Virtualisation for guests",
            "Windows' build and the processor's vendor are compared with what Hyper-V nests on.",
            $"for --isolation {spec.Isolation}",
            "use a newer Windows, or go without containers in machines: --isolation Process.",
            Reach,
            Judge(facts => facts.Nesting())
        );

    private RequirementCheck Configuration() =>
        Ask(
            "configuration-version",
            "Configuration version of new machines",
            "The version that the host gives new machines is read.",
            "8.0 on Intel, 10.0 on AMD",
            "use a newer Windows, or go without containers in machines: --isolation Process.",
            Rights,
            async token =>
            {
                var least = (await host.Windows.ReadAsync(token)).LeastConfiguration;
                var version = await DefaultConfigurationAsync(token);
                return new Finding(version >= least, version is null ? "the host tells of none" : $"{version}");
            }
        );

    // Of all versions that the host supports, some of them not meant for use, the one that it gives new machines: ValueRole 0 and ValueRange 0
    // of what leads to it (MicrosoftDocs/win32, msvm-settingsdefinecapabilities.md). Null when the host tells of none.
    private async Task<Version?> DefaultConfigurationAsync(CancellationToken cancellationToken)
    {
        var service = await host.OnlyAsync(HyperVHost.ManagementService, cancellationToken);
        var capabilities = await host.Space.AssociatorsAsync(
            service.Stored,
            "Msvm_ElementCapabilities",
            "Msvm_VirtualSystemManagementCapabilities",
            cancellationToken
        );
        var links = await host.Space.QueryAsync(WqlQuery.From("Msvm_SettingsDefineCapabilities"), cancellationToken);
        foreach (var link in links.Where(IsDefault))
        {
            if (link.Get<CimPath>("PartComponent") is not { } part)
                continue;
            var settings = await host.Space.GetAsync(part, cancellationToken);
            if (Version.TryParse(settings.Text("Version"), out var version))
                return version;
        }
        return null;

        bool IsDefault(CimObject link) =>
            link.Get<ushort?>("ValueRole") == 0
            && link.Get<ushort?>("ValueRange") == 0
            && capabilities.Any(one => one.Stored.Equals(link.Get<CimPath>("GroupComponent")));
    }

    private RequirementCheck Switch() =>
        Ask(
            "switch",
            "A virtual switch",
            "The switches and what they lead to are read.",
            "one external, or one named by --switch",
            "name one with --switch.",
            Rights,
            async token =>
            {
                var switches = new VirtualSwitches(host);
                if (options.CreateSwitchOn is { } adapter && !await switches.CanChooseAsync(options.Switch, token))
                {
                    await new SwitchCreation(host).FindAdapterAsync(adapter, token);
                    return new Finding(
                        true,
                        $"none yet: CreateVm makes one on '{adapter}', and the host's network blinks"
                    );
                }
                return new Finding(true, $"{await switches.ChooseAsync(options.Switch, token)}");
            }
        );

    private RequirementCheck Memory(HostSpec spec) =>
        Ask(
            "memory",
            "Memory",
            "All memory of the machine is compared with --memory; static memory is taken whole at the start.",
            $"more than {spec.Memory}",
            "give the host less with --memory.",
            Reach,
            Judge(facts => new Finding(facts.Memory > spec.Memory, $"{facts.Memory.ToHumanString()} in all"))
        );

    private RequirementCheck Disk(HostSpec spec) =>
        Ask(
            "disk",
            "Disk space for the host",
            "Hyper-V's virtual hard disk folder is read, a file written there and deleted, and the space free there read.",
            spec.AllDisks.ToHumanString(),
            "free some space, or move the folder: 'Set-VMHost -VirtualHardDiskPath'.",
            Rights,
            async token =>
            {
                var folder = (await host.PathsAsync(token)).DiskFolder;
                await host.Files.TryWriteAsync(folder, token);
                if (await host.Windows.FreeSpaceAsync(folder, token) is not { } bytes)
                    return new Finding(true, $"not told by a share; {folder} can be written to");
                var free = new ByteSize(bytes);
                return new Finding(
                    free >= spec.AllDisks,
                    $"{free.ToHumanString()} free at {folder}, which can be written to"
                );
            }
        );

    private RequirementCheck FreeMachineName(HostSpec spec, HostFolder folder) =>
        Ask(
            "name-machine",
            "The name is free among the machines",
            "Machines of that name are looked for, and our mark in their notes.",
            $"no other machine named '{spec.Name}'",
            "choose another --name, or remove that machine.",
            Rights,
            async token =>
            {
                var marks = await host.Machines.MarksOfAsync(spec.Name.Value, token);
                return marks.Contains(null) ? new Finding(false, "a machine of that name is not ours")
                    : marks.Count == 0 ? new Finding(true, "free")
                    : File.Exists(folder.State) ? new Finding(true, "our host")
                    : new Finding(false, "a machine of another host of ours");
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
        }.On(machine) with
        {
            IsOfMedium = true,
        };

    private RequirementCheck Apply() =>
        Ask(
            "apply",
            "DISM, bcdboot and Hyper-V on this machine, which make a disk of the medium",
            "This machine's PowerShell is asked whether it has them and is elevated.",
            "for --installation Apply",
            "run the build elevated, and on a machine with Hyper-V and its PowerShell module ('Install-WindowsFeature Hyper-V -IncludeManagementTools -Restart'); or use --installation Setup.",
            Reach,
            async token =>
            {
                var said = await machine.Processes.RunAsync(new PowerShellJob(ApplyTools).ToCommand(), token);
                var lacks = (said.Succeeded ? said.StandardOutput : said.StandardError).Trim();
                return said.Succeeded && lacks.Length == 0
                    ? new Finding(true, "there, and elevated")
                    : new Finding(false, lacks);
            }
        ) with
        {
            IsOfMedium = true,
        };

    private Func<CancellationToken, Task<Finding>> Judge(Func<WindowsFacts, Finding> judge) =>
        async token => judge(await host.Windows.ReadAsync(token));

    private static RequirementCheck Ask(
        string id,
        string title,
        string how,
        string needed,
        string fix,
        string? dependsOn,
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
                DependsOn = dependsOn is null ? [] : [dependsOn],
            },
            ask
        );
}
