namespace ContainerHost.Files;

/// <summary>Every on-disk name of a host, in one place; docs/reference.md shows the same list.</summary>
internal sealed record HostFolder(string Path)
{
    internal const string DiskName = "disk.qcow2";
    internal const string DataDiskName = "data.qcow2";
    internal const string SeedName = "seed.iso";
    internal const string FirmwareName = "firmware.fd";
    internal const string QmpName = "qmp.sock";
    internal const string PidFileName = "qemu.pid";
    internal const string SerialLogName = "serial.log";
    internal const string MemoryName = "memory";
    internal const string IdentityName = "identity.sock";

    /// <summary>The folder's own name, which is the host's.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The host's state: spec, machine, steps done; JSON with a schema version.</summary>
    public string State => In("host.json");

    /// <summary>The lock on the host; lies beside the folder so that it survives the folder's removal.</summary>
    public string ProcessLock => $"{Path.TrimEnd('/', '\\')}.lock";

    /// <summary>Every artifact the host was made from, with version, origin and digest.</summary>
    public string LockFile => In("host.lock.json");

    /// <summary>The lock file of a host that --recreate --locked removed, until it is made anew; lies beside the folder.</summary>
    public string KeptLockFile => Beside("host.lock.json");

    /// <summary>The data disk of a host that --recreate --keep-data makes anew, until its machine has it; beside the folder.</summary>
    public string KeptDataDisk => Beside(DataDiskName);

    /// <summary>The host's entry in its user's configuration of OpenSSH, where it has one; beside the folder, since a host that is made anew keeps it.</summary>
    public string SshEntry => Beside("ssh_config");

    /// <summary>A note that the user's Docker has a context for the host; beside the folder like the entry.</summary>
    public string DockerContext => Beside("docker_context");

    /// <summary>The lock on the machine's start and removal, beside the folder; others than the host's owner start machines too, such as Shell.</summary>
    public string StartLock => Beside("start.lock");

    /// <summary>The machine's own disk, an overlay (differencing disk) on the cached base.</summary>
    public string Disk => In(DiskName);

    /// <summary>The disk for the host's data; a link to the kept one while a host is made anew.</summary>
    public string DataDisk => In(DataDiskName);

    /// <summary>The answer medium: an ISO 9660 image labelled <c>cidata</c>, or <c>ANSWERS</c> for Windows.</summary>
    public string Seed => In(SeedName);

    /// <summary>The variables of the machine's UEFI firmware, on QEMU.</summary>
    public string Firmware => In(FirmwareName);

    /// <summary>The machine as the hypervisor's layer keeps it.</summary>
    public string Machine => In("machine.json");

    /// <summary>Which ports of this machine Windows' proxy leads to the host, on Hyper-V; only while there are any.</summary>
    public string Forwards => In("forwards.txt");

    /// <summary>What was known of the host at each of its checkpoints, as its state.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>QEMU's monitor, a Unix socket.</summary>
    public string Qmp => In(QmpName);

    /// <summary>A Unix socket that leads to the guest's container engine while somebody has connected to it.</summary>
    public string EngineSocket => In("engine.sock");

    /// <summary>What the processes that give the guest a folder of this machine said, by the mount's id.</summary>
    public string MountLog(string id) => In($"mount-{id}.log");

    public string PidFile => In(PidFileName);
    public string SerialLog => In(SerialLogName);

    /// <summary>The guest's memory, of a template.</summary>
    public string Memory => In(MemoryName);

    /// <summary>The state of a template's devices.</summary>
    public string MachineState => In("machine.state");

    /// <summary>The disk that a template's own, or that of a host which was imported, is an overlay on.</summary>
    public string BaseDisk => In("base.qcow2");

    /// <summary>What an export makes of the disks below the host's own, and removes.</summary>
    public string PackedBase => In("base.packed.qcow2");

    /// <summary>A Unix socket to the port by which clones get their identity.</summary>
    public string Identity => In(IdentityName);

    /// <summary>What a template is, and fits to; JSON with a schema version.</summary>
    public string Template => In("template.json");

    /// <summary>The log-in password, given or generated; readable by the owner only.</summary>
    public string Password => In("password");

    /// <summary>Our private key for the guest's SSH server, OpenSSH format; readable by the owner only.</summary>
    public string ClientKey => In("id_ed25519");
    public string ClientPublicKey => In("id_ed25519.pub");

    /// <summary>The guest's SSH host key as a line for OpenSSH's known_hosts; the pin.</summary>
    public string KnownHosts => In("known_hosts");

    /// <summary>
    /// The name of something that lies in the folder where nothing there says that it is a host's: no state and no machine. Null for a host's
    /// folder, an empty one, one that is not there, and one that a build left which was killed while it first wrote the state.
    /// </summary>
    public string? FindForeign()
    {
        if (File.Exists(State) || File.Exists(Machine) || !Directory.Exists(Path))
            return null;
        var stray = $"{System.IO.Path.GetFileName(State)}.";
        return Directory
            .EnumerateFileSystemEntries(Path)
            .Select(path => System.IO.Path.GetFileName(path)!)
            .FirstOrDefault(name => !name.StartsWith(stray, StringComparison.Ordinal));
    }

    // No host's name begins with a dot.
    private string Beside(string name)
    {
        var folder = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path));
        var own = $".{System.IO.Path.GetFileName(folder)}.{name}";
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(folder) ?? folder, own);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
