using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Compares the free space where a folder lies with what is needed there; a host that has its disk needs no more.</summary>
internal sealed class DiskSpaceProbe(string path, ByteSize needed, HostFolder host, LocalMachine machine) : IProbe
{
    public Task<Finding> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Look());

    private Finding Look()
    {
        if (NearestFolder.Of(path) is not { } folder)
            return new Finding(false, $"{path} is not a folder");
        var free = new ByteSize(machine.FreeSpace(folder));
        var found = $"{free.ToHumanString()} free at {folder}";
        return File.Exists(host.Disk)
            ? new Finding(true, found) { Needed = "none: the host has its disk" }
            : new Finding(free >= needed, found);
    }
}
