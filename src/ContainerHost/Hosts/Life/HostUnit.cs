using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Hosts.Life;

/// <summary>A host's unit where systemd finds it: in the user's folder, or in the system's where root runs the build; enabled by the link that systemctl would make.</summary>
internal sealed class HostUnit(HostServices services, SystemdUnit unit)
{
    private string Folder => services.SystemUnits ?? Path.Combine(services.Home, ".config", "systemd", "user");

    private string Link => Path.Combine(Folder, $"{unit.Target}.wants", unit.Name);

    /// <summary>The unit's name.</summary>
    public string Name => unit.Name;

    /// <summary>The unit's file.</summary>
    public string File => Path.Combine(Folder, unit.Name);

    /// <summary>True for one that was written for this very host, and is enabled.</summary>
    public bool IsOn => IsOurs && System.IO.File.Exists(Link);

    private bool IsOurs => System.IO.File.Exists(File) && System.IO.File.ReadLines(File).FirstOrDefault() == unit.Mark;

    /// <summary>Writes and enables it.</summary>
    /// <exception cref="ContainerHostException">Another's unit has its name, or it cannot be written.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Path.Exists(File) && !IsOurs)
            throw Failed(
                $"{File} is there already, and was not written for this host",
                "give the host another --name, or move that unit away."
            );
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Link)!);
            await AtomicFile.WriteTextAsync(File, $"{unit}", cancellationToken);
            System.IO.File.Delete(Link);
            System.IO.File.CreateSymbolicLink(Link, File);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Failed(refused.Message, $"see that {Folder} may be written to.");
        }
    }

    /// <summary>Takes it away; returns false where there was none of this host.</summary>
    public bool Remove()
    {
        if (!IsOurs)
            return false;
        System.IO.File.Delete(Link);
        System.IO.File.Delete(File);
        return true;
    }

    /// <summary>Has systemd read its units anew; returns null when it did, else why not.</summary>
    public Task<string?> ReloadAsync(CancellationToken cancellationToken) =>
        AskAsync(["daemon-reload"], cancellationToken);

    private async Task<string?> AskAsync(string[] words, CancellationToken cancellationToken)
    {
        try
        {
            var command = new Command("systemctl", unit.IsUsers ? ["--user", .. words] : words);
            var result = await services.Processes.RunAsync(command, cancellationToken);
            return result.Succeeded ? null : result.LastLines(1);
        }
        catch (PrerequisitesMissingException none)
        {
            return none.Saw;
        }
    }

    private ContainerHostException Failed(string saw, string @try) =>
        new("have the host start with this machine", saw, @try, unit.Host.Value);
}
