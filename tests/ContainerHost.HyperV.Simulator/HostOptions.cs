using ContainerHost.HyperV.Simulator.Faults;

namespace ContainerHost.HyperV.Simulator;

/// <summary>What the simulated host is like.</summary>
public sealed record HostOptions
{
    /// <summary>The language of captions and element names: en, es or de.</summary>
    public string Language { get; init; } = "en";

    /// <summary>How long jobs take; zero makes methods return 0 at once.</summary>
    public TimeSpan JobsTake { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after a job the host refuses changes with 32775 (os-win, jobutils.py: "can fail, especially while setting up the VM's serial port").</summary>
    public TimeSpan BusyAfterJob { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a scanner holds a fresh file, so that a job which attaches it ends with 32768.</summary>
    public TimeSpan ScannerHolds { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a machine's files are held after it was removed (kubernetes/minikube, #7300).</summary>
    public TimeSpan FilesHeld { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a machine takes to start, and a guest to shut down.</summary>
    public TimeSpan TransitionsTake { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long disks are merged after a checkpoint, or a machine with checkpoints, was removed.</summary>
    public TimeSpan MergesTake { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// True for a host that does not save the memory of a nesting machine: "Save/restore will fail" said Microsoft of the first release, and says nothing today
    /// (MicrosoftDocs/Virtualization-Documentation #811).
    /// </summary>
    public bool RefusesToSaveNested { get; init; }

    /// <summary>When after its start a guest's heartbeat is felt.</summary>
    public TimeSpan HeartbeatAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>When after its start a guest has an address.</summary>
    public TimeSpan AddressAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>True for guests that tell their address through key-value exchange only.</summary>
    public bool AddressByExchangeOnly { get; init; }

    /// <summary>True for guests that never get an address from anybody.</summary>
    public bool AddressIsLinkLocal { get; init; }

    /// <summary>True for guests that do not heed a request to shut down.</summary>
    public bool IgnoresShutdown { get; init; }

    /// <summary>True for a user to whom Hyper-V shows an empty namespace.</summary>
    public bool IsStranger { get; init; }

    public string Vendor { get; init; } = "GenuineIntel";

    public int Build { get; init; } = 20348;

    public bool HypervisorRuns { get; init; } = true;

    public bool FirmwareEnabled { get; init; } = true;

    /// <summary>The state of the service vmms; null when Hyper-V is not installed.</summary>
    public string? Service { get; init; } = "Running";

    public long Memory { get; init; } = 64L << 30;

    /// <summary>Win32_Processor.Architecture: 9 is x64, 12 ARM64.</summary>
    public ushort Architecture { get; init; } = 9;

    public uint Processors { get; init; } = 16;

    /// <summary>Where virtual hard disks go by default; a UNC path is a share.</summary>
    public string DiskFolder { get; init; } = SimulatedHost.DiskFolder;

    /// <summary>True for a user who may not write there.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The last two are for tests of Windows itself, and supported all the same.</summary>
    public IReadOnlyList<string> ConfigurationVersions { get; init; } = ["5.0", "8.0", "9.0", "10.0", "254.0", "255.0"];

    /// <summary>The version that a new machine gets.</summary>
    public string DefaultVersion { get; init; } = "10.0";

    public long FreeSpace { get; init; } = 200L << 30;

    public IReadOnlyList<string> ExternalSwitches { get; init; } = ["Outside"];

    public IReadOnlyList<string> InternalSwitches { get; init; } = ["Inside"];

    public IReadOnlyList<string> PrivateSwitches { get; init; } = ["Alone"];

    /// <summary>Names of network adapters that no switch has.</summary>
    public IReadOnlyList<string> FreeAdapters { get; init; } = ["Spare Gigabit Adapter"];

    /// <summary>Names of wireless adapters, which are of a class of their own.</summary>
    public IReadOnlyList<string> WirelessAdapters { get; init; } = [];

    public bool HasDefaultSwitch { get; init; }

    /// <summary>Says how a call fails; null for no fault.</summary>
    public Func<SimulatedCall, Fault?>? Faults { get; init; }

    /// <summary>Cancelled by a fault of that kind.</summary>
    public CancellationTokenSource? Cancellation { get; init; }
}
