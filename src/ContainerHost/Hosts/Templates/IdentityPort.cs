using System.Text;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Templates;

/// <summary>Our end of the port by which become.py in a guest is talked to, a line at a time.</summary>
internal sealed class IdentityPort(Stream stream, string host, TimeSpan limit) : IAsyncDisposable
{
    private const int LongestLine = 1000;

    public static async Task<IdentityPort> OpenAsync(
        IHypervisor hypervisor,
        IMemoryFreezer freezer,
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        var patience = (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        try
        {
            var stream = await freezer.OpenIdentityAsync(folder, cancellationToken);
            return new IdentityPort(stream, folder.Name, TimeLimits.CloneIdentity * patience);
        }
        catch (Exception closed) when (closed is System.Net.Sockets.SocketException or IOException)
        {
            throw Failed(closed.Message, folder.Name);
        }
    }

    /// <summary>Sends a line.</summary>
    public Task SendAsync(string line, CancellationToken cancellationToken) =>
        BoundedAsync(
            async token =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), token);
                return true;
            },
            cancellationToken
        );

    /// <summary>Waits for a word that the guest must say; returns what it said behind it.</summary>
    /// <exception cref="ContainerHostException">It said something else, or nothing in time.</exception>
    public async Task<string> ExpectAsync(string expected, CancellationToken cancellationToken)
    {
        var said = await BoundedAsync(ReadLineAsync, cancellationToken);
        return said.Split(' ', 2) is [var word, .. var rest] && word == expected
            ? string.Concat(rest)
            : throw Failed($"the guest said '{said}' instead of '{expected}'", host);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line.Count < LongestLine && await stream.ReadAsync(one, cancellationToken) == 1 && one[0] != '\n')
            line.Add(one[0]);
        return Encoding.UTF8.GetString([.. line]);
    }

    private async Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(limit);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"no answer within {limit.TotalSeconds:0} s", host);
        }
        catch (IOException broken)
        {
            throw Failed(broken.Message, host);
        }
    }

    private static ContainerHostException Failed(string saw, string host) =>
        new(
            "talk to the guest about its identity",
            saw,
            "run the target again; serial.log has the guest's console.",
            host
        );
}
