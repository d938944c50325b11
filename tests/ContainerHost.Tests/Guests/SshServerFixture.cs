namespace ContainerHost.Tests.Guests;

/// <summary>One server for all tests of a class.</summary>
public sealed class SshServerFixture : IAsyncDisposable
{
    private SshServer? _server;

    internal SshServer Server => _server ??= SshServer.Start();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
