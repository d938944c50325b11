using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites;

/// <summary>This machine as requirements ask it: by its programs, and where it tells about itself.</summary>
internal sealed record LocalMachine(IProcessRunner Processes)
{
    /// <summary>Where the package <c>ovmf</c> puts its firmware.</summary>
    internal const string FirmwareFolder = "/usr/share/OVMF";

    // A test puts folders of its own in.
    internal string ProcDirectory { get; init; } = "/proc";
    internal string EtcDirectory { get; init; } = "/etc";
    internal string KeyringsDirectory { get; init; } = "/usr/share/keyrings";
    internal string FirmwareDirectory { get; init; } = FirmwareFolder;
    internal string AptListsDirectory { get; init; } = "/var/lib/apt/lists";

    /// <summary>True when this process has root's rights.</summary>
    internal bool IsRoot { get; init; } = Environment.IsPrivilegedProcess;

    /// <summary>The bytes that this user may still write to the file system of an existing folder.</summary>
    internal Func<string, long> FreeSpace { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Runs a command; null when the program is not there.</summary>
    public async Task<CommandResult?> TryRunAsync(Command command, CancellationToken cancellationToken)
    {
        try
        {
            return await Processes.RunAsync(command, cancellationToken);
        }
        catch (PrerequisitesMissingException)
        {
            return null;
        }
    }

    public async Task<Privilege> FindPrivilegeAsync(CancellationToken cancellationToken)
    {
        var id = await TryRunAsync(new Command("id", "-u"), cancellationToken);
        if (id?.StandardOutput.Trim() == "0")
            return Privilege.Root;
        var sudo = await TryRunAsync(Sudo.Of(new Command("true")), cancellationToken);
        return sudo is { Succeeded: true } ? Privilege.Sudo : Privilege.None;
    }
}
