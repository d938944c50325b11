using ContainerHost.Waiting;

namespace ContainerHost.Guests;

internal interface IGuestConnector
{
    /// <summary>Connects with our key as soon as the guest answers, by the one poll; another host key than the pinned one is an error.</summary>
    Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken);

    /// <summary>Logs in once with a password, which proves that it is the chosen one, and out again.</summary>
    Task ProvePasswordAsync(GuestAccess access, string password, string host, CancellationToken cancellationToken);
}
