using ContainerHost.Guests;

namespace ContainerHost.Runtimes.Relay;

/// <summary>A way of a guest to its archives, open until it is disposed.</summary>
internal sealed class GuestRelay(ArchiveRelay relay, ArchiveFiles files, GuestPort? port) : IAsyncDisposable
{
    /// <summary>The proxy's address as the guest has it; a secret.</summary>
    public string Address => relay.AddressAt(port?.Number ?? relay.Port);

    public async ValueTask DisposeAsync()
    {
        port?.Dispose();
        await relay.DisposeAsync();
        files.Dispose();
    }
}
