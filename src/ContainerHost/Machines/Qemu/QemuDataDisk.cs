using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// A machine's disk for data. One that was kept of an earlier machine lies beside the host's folder until this one is whole, and only a link to it in there: whatever
/// removes a machine that was cut off leaves it.
/// </summary>
internal sealed class QemuDataDisk(IProcessRunner processes, MachineSpec spec)
{
    private HostFolder Folder => spec.Folder;

    /// <summary>Makes it empty, or takes the kept one, which is never cut; returns its size.</summary>
    public async Task<ByteSize> MakeAsync(CancellationToken cancellationToken)
    {
        var wanted = spec.DataDisk!.Value;
        if (!File.Exists(Folder.KeptDataDisk))
        {
            await RunAsync(["create", "-q", "-f", "qcow2", Folder.DataDisk, $"{wanted.Bytes}"], cancellationToken);
            return wanted;
        }
        File.CreateSymbolicLink(Folder.DataDisk, Path.Combine("..", Path.GetFileName(Folder.KeptDataDisk)));
        var info = JsonNode.Parse(
            await RunAsync(["info", "-f", "qcow2", "--output=json", Folder.DataDisk], cancellationToken)
        )!;
        // Checkpoints of the earlier machine, whose other half went with it.
        foreach (var snapshot in info["snapshots"] as JsonArray ?? [])
            await RunAsync(
                ["snapshot", "-d", snapshot!["name"]!.GetValue<string>(), Folder.DataDisk],
                cancellationToken
            );
        var has = new ByteSize(info["virtual-size"]!.GetValue<long>());
        if (has >= wanted)
            return has;
        await RunAsync(["resize", "-q", "-f", "qcow2", Folder.DataDisk, $"{wanted.Bytes}"], cancellationToken);
        return wanted;
    }

    private async Task<string> RunAsync(string[] words, CancellationToken cancellationToken) =>
        (
            await processes.RunCheckedAsync(
                new Command("qemu-img", words),
                "make the machine's data disk",
                "see that the hosts' folder has space; a kept disk stays where it is.",
                cancellationToken,
                spec.Name.Value
            )
        ).StandardOutput;
}
