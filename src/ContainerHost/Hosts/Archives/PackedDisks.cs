using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Hosts.Archives;

/// <summary>The disks of a host as an archive has them: its own as it is, with its checkpoints, and all that is below it as one.</summary>
internal sealed class PackedDisks(IProcessRunner processes)
{
    /// <summary>Where the disk below is, a copy in the host's folder unless it lies there by itself; null where the host's own stands alone.</summary>
    public async Task<string?> FindBaseAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var words = new Command("qemu-img", "info", "--output=json", folder.Disk);
        var told = await processes.RunCheckedAsync(
            words,
            "look at the machine's disk",
            "see that the host is off; './build.sh Status' tells whether it is whole.",
            cancellationToken,
            folder.Name
        );
        var info = JsonNode.Parse(told.StandardOutput)!;
        if (info["full-backing-filename"]?.GetValue<string>() is not { } below)
            return null;
        if (Path.GetFullPath(below) == Path.GetFullPath(folder.BaseDisk))
            return folder.BaseDisk;
        string[] format = info["backing-filename-format"]?.GetValue<string>() is { } known ? ["-f", known] : [];
        await processes.RunCheckedAsync(
            new Command("qemu-img", ["convert", .. format, "-O", "qcow2", below, folder.PackedBase]),
            "copy the disk that the host's lies on",
            $"see that {below} is there and the hosts' folder has space.",
            cancellationToken,
            folder.Name
        );
        return folder.PackedBase;
    }
}
