using ContainerHost.Files;
using ContainerHost.Media;

namespace ContainerHost.Machines;

/// <summary>Freezes machines that keep their memory in a file, so that others go on from there (<see cref="SavedMachine"/>).</summary>
internal interface IMemoryFreezer
{
    /// <summary>Stops such a machine for good, with its state beside its memory.</summary>
    Task FreezeAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>Connects to the port of a running template or clone by which its guest gets its identity.</summary>
    Task<Stream> OpenIdentityAsync(HostFolder folder, CancellationToken cancellationToken);
}
