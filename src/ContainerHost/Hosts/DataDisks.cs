using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts;

/// <summary>Disks for the data of hosts: in their guests, and while a host is made anew that keeps its own.</summary>
internal sealed class DataDisks(HostServices services)
{
    /// <summary>Mounts the disk in the guest, formatted where it is empty, and returns what is there, in a line.</summary>
    public static async Task<string> MountAsync(
        IGuestSystem system,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        var told = await shell.RunScriptAsync(
            system.DataDiskScript!,
            "mount the data disk",
            cancellationToken,
            MachineSpec.DataDiskSerial,
            $"{MachineSpec.DataDiskPlace}"
        );
        return told.Trim();
    }

    /// <summary>The spec with the data disk that --keep-data keeps, if it was asked for; touches nothing.</summary>
    /// <exception cref="InvalidInputException">There is none, or it cannot be kept.</exception>
    public async Task<HostSpec> KeptInAsync(
        HostRequest request,
        HostSpec spec,
        bool recreate,
        CancellationToken cancellationToken
    )
    {
        if (request["keep-data"] is null)
        {
            var kept = services.Store.FolderOf(spec.Name).KeptDataDisk;
            if (!recreate && spec.DataDisk is null && File.Exists(kept))
                services.Log.Warning("A data disk waits in {Path}; --recreate --keep-data has it in the host", kept);
            return spec;
        }
        if (!recreate)
            throw Refused("needs --recreate; without it a host keeps its data disk anyway.");
        var had = services.Store.TryLoad(spec.Name)?.Spec;
        if (spec.Windows is not null || spec.Provider != Provider.Qemu || (had ?? spec).Provider != Provider.Qemu)
            throw Refused("is for Linux guests on QEMU for now; elsewhere copy what is on the disk first.");
        var folder = services.Store.FolderOf(spec.Name);
        var has = had?.DataDisk ?? await SizeOfAsync(folder.KeptDataDisk, cancellationToken);
        if (has is not { } size)
            throw Refused($"is not possible: the host '{spec.Name}' has no data disk.");
        if (spec.DataDisk is { } wanted && wanted < size)
            throw Refused($"is not possible with --data-disk {wanted}: the disk has {size}, and is never cut.");
        return spec with { DataDisk = spec.DataDisk ?? size };
    }

    /// <summary>Puts the data disk of a host that is about to be removed beside its folder, once its guest has written all to it; or does away with one that lies there.</summary>
    public async Task TakeOutAsync(HostFolder folder, bool keeps, CancellationToken cancellationToken)
    {
        if (!keeps)
        {
            if (File.Exists(folder.KeptDataDisk))
                services.Log.Information("{Path}, which an earlier run kept, is removed", folder.KeptDataDisk);
            File.Delete(folder.KeptDataDisk);
            return;
        }
        if (!File.Exists(folder.DataDisk))
            return;
        var hypervisor = services.HypervisorFor(new HostSpec { Name = HostName.Default, Provider = Provider.Qemu });
        var patience = (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        await hypervisor.StopAsync(folder, TimeLimits.ShutDown * patience, cancellationToken);
        // One that an earlier run has taken out stays: what is in the folder then is a link.
        if (new FileInfo(folder.DataDisk).LinkTarget is not null)
            return;
        File.Move(folder.DataDisk, folder.KeptDataDisk);
        services.Log.Information(
            "The data disk of '{Host}' waits for its new machine in {Path}",
            folder.Name,
            folder.KeptDataDisk
        );
    }

    /// <summary>Puts a kept disk where it belongs, once its host is whole, or still is; a machine that runs goes on with it.</summary>
    public static void Settle(HostFolder folder)
    {
        var disk = new FileInfo(folder.DataDisk);
        if (File.Exists(folder.KeptDataDisk) && (!disk.Exists || disk.LinkTarget is not null))
            File.Move(folder.KeptDataDisk, folder.DataDisk, overwrite: true);
    }

    private async Task<ByteSize?> SizeOfAsync(string disk, CancellationToken cancellationToken)
    {
        if (!File.Exists(disk))
            return null;
        var told = await services.Processes.RunCheckedAsync(
            new Command("qemu-img", "info", "-f", "qcow2", "--output=json", disk),
            "look at the kept data disk",
            $"move {disk} away if it is damaged.",
            cancellationToken
        );
        return new ByteSize(JsonNode.Parse(told.StandardOutput)!["virtual-size"]!.GetValue<long>());
    }

    private static InvalidInputException Refused(string why) => new([$"--keep-data {why}"]);
}
