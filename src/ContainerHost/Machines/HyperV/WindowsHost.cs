using System.Globalization;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>Reads facts of the Windows that runs Hyper-V, from <c>root\cimv2</c>; the first answer is kept.</summary>
internal sealed class WindowsHost(ICimNamespace windows)
{
    private const uint Workstation = 1;
    private WindowsFacts? _facts;

    public async Task<WindowsFacts> ReadAsync(CancellationToken cancellationToken)
    {
        if (_facts is not null)
            return _facts;
        var system = await OnlyAsync("Win32_OperatingSystem", cancellationToken);
        var processor = await OnlyAsync("Win32_Processor", cancellationToken);
        var computer = await OnlyAsync("Win32_ComputerSystem", cancellationToken);
        _ = int.TryParse(system.Text("BuildNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var build);
        return _facts = new WindowsFacts(
            build,
            system.Get<uint>("ProductType") != Workstation,
            system.Text("Caption").Trim(),
            processor.Text("Manufacturer"),
            new ByteSize((long)computer.Get<ulong>("TotalPhysicalMemory")),
            computer.Get<bool>("HypervisorPresent"),
            processor.Get<bool>("VirtualizationFirmwareEnabled")
        )
        {
            Name = computer.Text("Name"),
            Architecture = processor.Get<ushort>("Architecture"),
            Processors = (int)computer.Get<uint>("NumberOfLogicalProcessors"),
        };
    }

    /// <summary>The state of a service such as vmms ("Running"); null when it is not installed.</summary>
    public async Task<string?> ServiceStateAsync(string name, CancellationToken cancellationToken)
    {
        var found = await windows.QueryAsync(WqlQuery.From("Win32_Service").Where("Name", name), cancellationToken);
        return found.Count > 0 ? found[0].Text("State") : null;
    }

    /// <summary>The bytes free where a path of that host lies, on a drive or a mounted volume; null for a share, of which the host does not tell.</summary>
    public async Task<long?> FreeSpaceAsync(string path, CancellationToken cancellationToken)
    {
        // A volume is called by its drive or by the folder that it is mounted at, with a backslash at the end (MicrosoftDocs/win32, win32-volume).
        var volumes = await windows.QueryAsync(WqlQuery.From("Win32_Volume"), cancellationToken);
        var volume = volumes
            .Where(one => path.StartsWith(one.Text("Name"), StringComparison.OrdinalIgnoreCase))
            .MaxBy(one => one.Text("Name").Length);
        return volume is null ? null : (long)volume.Get<ulong>("FreeSpace");
    }

    private Task<CimObject> OnlyAsync(string className, CancellationToken cancellationToken) =>
        windows.OnlyAsync(
            className,
            "repair WMI there ('winmgmt /verifyrepository' tells whether it is damaged).",
            cancellationToken
        );
}
