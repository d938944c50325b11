using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Processes;

namespace ContainerHost.Hosts.Templates.Archives;

/// <summary>The disks of an imported template: the one stands by itself, the other on it, and neither on any file that an archive names.</summary>
internal sealed class ImportedDisks(IProcessRunner processes)
{
    public async Task JoinAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var below = await AskAsync(folder.BaseDisk, cancellationToken);
        if (below["backing-filename"] is { } other)
            throw new BadTemplateArchiveException($"has a {Path.GetFileName(folder.BaseDisk)} that lies on {other}");
        await AskAsync(folder.Disk, cancellationToken);
        string[] words = ["rebase", "-u", "-f", "qcow2", "-F", "qcow2", "-b", folder.BaseDisk, folder.Disk];
        await processes.RunCheckedAsync(
            new Command("qemu-img", words),
            "put the template's disk on the one it was frozen on",
            "see that the hosts' folder has space.",
            cancellationToken,
            folder.Name
        );
        await CheckedFile.RecordAsync(folder.Disk, cancellationToken);
    }

    // Reads the file's head only, and opens nothing that it names (qemu-img(1), info without --backing-chain).
    private async Task<JsonNode> AskAsync(string disk, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(
            new Command("qemu-img", "info", "-f", "qcow2", "--output=json", disk),
            cancellationToken
        );
        if (!result.Succeeded)
            throw new BadTemplateArchiveException(
                $"has a damaged {Path.GetFileName(disk)}: {result.StandardError.Trim()}"
            );
        var info = JsonNode.Parse(result.StandardOutput)!;
        return info["format-specific"]?["data"]?["data-file"] is { } data
            ? throw new BadTemplateArchiveException($"has a {Path.GetFileName(disk)} whose data lies in {data}")
            : info;
    }
}
