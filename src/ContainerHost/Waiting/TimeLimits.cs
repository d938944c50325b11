namespace ContainerHost.Waiting;

/// <summary>
/// Every limit of the library on a wait or a command; docs/reference.md lists them, made from this file. How often something is looked at or
/// told is no limit and stands where it is done.
/// </summary>
internal static class TimeLimits
{
    /// <summary>A Debian guest boots and answers; it takes seconds on bare hardware.</summary>
    [Stretched]
    public static TimeSpan DebianBoot { get; } = TimeSpan.FromMinutes(1.5);

    /// <summary>A guest that has not answered yet reads, writes or tells something; while it only burns processor time it hangs.</summary>
    public static TimeSpan GuestStandstill { get; } = TimeSpan.FromMinutes(3);

    /// <summary>A guest whose console tells of a failure for good, such as a kernel's panic, answers all the same.</summary>
    public static TimeSpan ConsoleFailure { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A guest whose kernel told of a fault of its own (an "Oops") answers all the same.</summary>
    public static TimeSpan KernelFault { get; } = TimeSpan.FromMinutes(2);

    /// <summary>A guest whose console tells that cloud-init failed answers all the same; its SSH server may still come up.</summary>
    public static TimeSpan CloudInitFailure { get; } = TimeSpan.FromMinutes(2);

    /// <summary>A Windows guest boots and answers; it works on updates and features as it starts.</summary>
    [Stretched]
    public static TimeSpan WindowsBoot { get; } = TimeSpan.FromMinutes(15);

    /// <summary>A guest reports an address to Hyper-V; as long as the slowest guest boots.</summary>
    public static TimeSpan HyperVAddress => WindowsBoot;

    /// <summary>Windows is installed; set-up copies, installs and reboots, a quarter of an hour on good hardware.</summary>
    [Stretched]
    public static TimeSpan Installation { get; } = TimeSpan.FromMinutes(90);

    /// <summary>Keys are pressed for an installation medium's loader; the firmware's logo comes first, and a medium that never asks is fine.</summary>
    [Stretched]
    public static TimeSpan LoaderPrompt { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Keys are pressed once a loader's prompt was seen, which stays for five seconds.</summary>
    public static TimeSpan LoaderAnswer { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A guest shuts down before its machine is changed; it is turned off then.</summary>
    [Stretched]
    public static TimeSpan ShutDown { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Another process that starts the same machine is done with it.</summary>
    public static TimeSpan QemuStart { get; } = TimeSpan.FromMinutes(1);

    /// <summary>QEMU's monitor answers; it does at once.</summary>
    public static TimeSpan QemuAnswer { get; } = TimeSpan.FromSeconds(15);

    /// <summary>QEMU saves or takes the state of a machine, a megabyte or so; it does in less than a second.</summary>
    public static TimeSpan QemuState { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A guest that runs, and is only to be asked or told something, answers.</summary>
    [Stretched]
    public static TimeSpan RunningGuest { get; } = TimeSpan.FromSeconds(3);

    /// <summary>A script of the user's that provisions a host ends.</summary>
    [Stretched]
    public static TimeSpan Provisioning { get; } = TimeSpan.FromMinutes(15);

    /// <summary>QEMU keeps, restores or removes a checkpoint: some gigabytes of memory at worst, onto a slow disk.</summary>
    public static TimeSpan QemuCheckpoint { get; } = TimeSpan.FromMinutes(15);

    /// <summary>A guest is made ready to be cloned, or a clone takes its identity; it takes seconds, under emulation some more.</summary>
    [Stretched]
    public static TimeSpan CloneIdentity { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Another process lets a template go, from which it begins hosts; that takes a second for each.</summary>
    public static TimeSpan TemplateHold { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The guest that probes an accelerator executes its first instruction; it does within a second.</summary>
    public static TimeSpan QemuProbe { get; } = TimeSpan.FromSeconds(20);

    /// <summary>QEMU ends once it is killed; only a system call that hangs keeps it.</summary>
    public static TimeSpan QemuEnd { get; } = TimeSpan.FromSeconds(20);

    /// <summary>A Hyper-V host answers one call; what takes long it does in jobs.</summary>
    public static TimeSpan HyperVCall { get; } = TimeSpan.FromMinutes(2);

    /// <summary>A Hyper-V host that accepted a call answers at all; the library, which bounds calls itself, takes the host's word for it.</summary>
    public static TimeSpan HyperVSilence { get; } = HyperVCall + TimeSpan.FromSeconds(15);

    /// <summary>A call to a Hyper-V host that was cancelled ends; what it has begun is looked for then.</summary>
    public static TimeSpan HyperVCancellation { get; } = TimeSpan.FromSeconds(15);

    /// <summary>A job of a Hyper-V host ends; jobs copy disks too.</summary>
    public static TimeSpan HyperVJob { get; } = TimeSpan.FromMinutes(15);

    /// <summary>A job that we gave up ends; until then it may still make what the undo looks for.</summary>
    public static TimeSpan HyperVJobEnd { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A Hyper-V machine comes to the state that was asked for; on its way to another it refuses first.</summary>
    public static TimeSpan HyperVState { get; } = TimeSpan.FromMinutes(2);

    /// <summary>A Hyper-V host refuses a change for a reason that passes, such as that it is still at work on the machine; it is asked again.</summary>
    public static TimeSpan HyperVRefusal { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A Hyper-V host is back on the network after a switch was made on its adapter, which gets its address anew.</summary>
    public static TimeSpan HyperVBlink { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A Hyper-V host refuses a fresh disk or medium that a scanner holds; it is asked again.</summary>
    public static TimeSpan HyperVAttachment { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A Hyper-V host lets a machine or its files be removed; it merges checkpoints first.</summary>
    public static TimeSpan HyperVRemoval { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Windows' proxy listens at a port that was added to it.</summary>
    public static TimeSpan PortProxy { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The console's picture is taken after a failure; the failure itself matters more.</summary>
    public static TimeSpan FailurePicture { get; } = TimeSpan.FromSeconds(10);

    /// <summary>One attempt to reach a guest over SSH; the next may be luckier.</summary>
    public static TimeSpan SshAttempt { get; } = TimeSpan.FromSeconds(20);

    /// <summary>A folder of this machine that a guest has lost is looked at for a reason.</summary>
    public static TimeSpan FolderLook { get; } = TimeSpan.FromSeconds(2);

    /// <summary>A guest sees a folder of this machine; an ssh logs in, and sshfs starts there.</summary>
    public static TimeSpan Mount { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Another process has changed the user's configuration of OpenSSH, which takes a moment.</summary>
    public static TimeSpan SshConfiguration { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A guest takes the next bytes of a file that is copied into it over SSH.</summary>
    public static TimeSpan UploadStall { get; } = TimeSpan.FromMinutes(1);

    /// <summary>One attempt to log in by PowerShell Direct; a PowerShell starts on both sides.</summary>
    public static TimeSpan DirectAttempt { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A file is copied by PowerShell Direct; a base image has some gigabytes at most, and no network is in its way.</summary>
    public static TimeSpan DirectCopy { get; } = TimeSpan.FromMinutes(30);

    /// <summary>A guest answers a question, carries out a command or waits for a service of its own; it takes seconds, under emulation more.</summary>
    public static TimeSpan GuestCommand { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A command of the user's in the target Shell; people interrupt what takes too long, and programs give --timeout.</summary>
    public static TimeSpan ShellCommand { get; } = TimeSpan.FromDays(1);

    /// <summary>Windows turns features on; it unpacks them, and Hyper-V is large.</summary>
    public static TimeSpan WindowsFeatures { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Whoever else installs packages in a guest ends, and lets dpkg's lock go.</summary>
    public static TimeSpan PackageLock { get; } = TimeSpan.FromMinutes(10);

    /// <summary>A guest installs Debian packages, or waits for an installation of its own.</summary>
    public static TimeSpan PackageInstallation { get; } = TimeSpan.FromMinutes(20);

    /// <summary>A guest unpacks and installs a maker's release; Kata's has half a gigabyte and more.</summary>
    public static TimeSpan ReleaseInstallation { get; } = TimeSpan.FromMinutes(15);

    /// <summary>A runtime on Windows carries out a command; it may have to pull and unpack a base image, which is large.</summary>
    public static TimeSpan WindowsContainer { get; } = TimeSpan.FromMinutes(30);

    /// <summary>A micro VM boots, twice if need be, runs its container and ends; ten seconds or so under emulation, on processors shared with others.</summary>
    public static TimeSpan MicroVm { get; } = TimeSpan.FromMinutes(4);

    /// <summary>A Linux guest's runtime takes in an image, from an archive or a registry, and unpacks it.</summary>
    public static TimeSpan ImageLoad { get; } = TimeSpan.FromMinutes(30);

    /// <summary>A server in a container answers, unless --probe-timeout says otherwise.</summary>
    public static TimeSpan Probe { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest that --probe-timeout may say; the machine that the container is in lives little longer.</summary>
    public static TimeSpan LongestProbe { get; } = TimeSpan.FromMinutes(3);

    /// <summary>The command that runs a micro VM ends; a server in it may be asked once that has booted, and it has to tell how that went.</summary>
    public static TimeSpan MicroVmCommand { get; } = MicroVm + LongestProbe + TimeSpan.FromMinutes(1);

    /// <summary>A container ends when it is asked to; it is killed then.</summary>
    public static TimeSpan ContainerEnd { get; } = TimeSpan.FromSeconds(5);

    /// <summary>A server sends the next bytes of a download.</summary>
    public static TimeSpan DownloadStall { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The next attempt of a download, whatever its server asks for.</summary>
    public static TimeSpan LongestRetry { get; } = TimeSpan.FromMinutes(5);

    /// <summary>GitHub answers a question about releases.</summary>
    public static TimeSpan GitHubAnswer { get; } = TimeSpan.FromSeconds(100);

    /// <summary>Another process has fetched a file that is wanted here too; an installation medium has some gigabytes.</summary>
    public static TimeSpan OtherDownload { get; } = TimeSpan.FromHours(2);

    /// <summary>Another process has built a Debian image that is wanted here too; that takes a minute or so, its downloads longer.</summary>
    public static TimeSpan OtherBuild { get; } = TimeSpan.FromHours(1);

    /// <summary>The processes of an interrupted image build end when they are killed.</summary>
    public static TimeSpan BuildEnd { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Windows is applied to a base disk, here or by another process; ten gigabytes are unpacked, and a slow disk takes an hour.</summary>
    public static TimeSpan ImageApplication { get; } = TimeSpan.FromHours(2);

    /// <summary>A base disk is detached that an interrupted run left attached.</summary>
    public static TimeSpan DiskRelease { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A run that found something in the cache has written down that its host uses it; until then it is not pruned.</summary>
    public static TimeSpan CacheUse { get; } = TimeSpan.FromHours(1);

    /// <summary>A cut-off download may be gone on with, and an unfinished image is at work; then Prune takes it for a leftover.</summary>
    public static TimeSpan Leftover { get; } = TimeSpan.FromDays(1);

    /// <summary>Another installation of packages on this machine ends, such as an unattended upgrade.</summary>
    public static TimeSpan AptLock { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A build that systemd starts or stops a host by begins its work; one whose sources changed compiles first.</summary>
    public static TimeSpan BuildStart { get; } = TimeSpan.FromMinutes(5);
}

/// <summary>Marks a limit that is multiplied by the hypervisor's patience, which is 1 on bare hardware and 10 under emulation.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class StretchedAttribute : Attribute;
