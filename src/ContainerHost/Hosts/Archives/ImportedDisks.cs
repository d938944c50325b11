using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Hosts.Archives;

/// <summary>The disks that an archive had: the one stands by itself, as does one for data, the other on it where there are two, and none on any file that an archive names.</summary>
internal sealed class ImportedDisks(IProcessRunner processes)
{
    /// <exception cref="BadArchiveException">They are not so, or damaged.</exception>
    public async Task JoinAsync(HostFolder folder, bool hasBase, CancellationToken cancellationToken)
    {
        var first = hasBase ? folder.BaseDisk : folder.Disk;
        foreach (
            var alone in (string[])[first, .. File.Exists(folder.DataDisk) ? [folder.DataDisk] : Array.Empty<string>()]
        )
            if ((await AskAsync(alone, cancellationToken))["backing-filename"] is { } other)
                throw new BadArchiveException($"has a {Path.GetFileName(alone)} that lies on {other}");
        if (!hasBase)
            return;
        await AskAsync(folder.Disk, cancellationToken);
        // By its name alone, so that they may be moved together.
        var below = Path.GetFileName(folder.BaseDisk);
        await processes.RunCheckedAsync(
            new Command("qemu-img", "rebase", "-u", "-f", "qcow2", "-F", "qcow2", "-b", below, folder.Disk),
            "put the disk on the one that it was on",
            "see that the hosts' folder has space.",
            cancellationToken,
            folder.Name
        );
    }

    // Reads the file's head only, and opens nothing that it names (qemu-img(1), info without --backing-chain).
    private async Task<JsonNode> AskAsync(string disk, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(
            new Command("qemu-img", "info", "-f", "qcow2", "--output=json", disk),
            cancellationToken
        );
        if (!result.Succeeded)
            throw new BadArchiveException($"has a damaged {Path.GetFileName(disk)}: {result.StandardError.Trim()}");
        var info = JsonNode.Parse(result.StandardOutput)!;
        return info["format-specific"]?["data"]?["data-file"] is { } data
            ? throw new BadArchiveException($"has a {Path.GetFileName(disk)} whose data lies in {data}")
            : info;
    }
}
