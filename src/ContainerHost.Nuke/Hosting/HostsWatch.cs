using System.Text.Json;
using ContainerHost.Hosts;
using ContainerHost.Specification;

namespace ContainerHost.Targets.Hosting;

/// <summary>
/// The list of hosts, looked at every two seconds until cancelled: on a terminal, where <paramref name="draw"/> returns true, it is drawn over itself; elsewhere it is
/// printed whenever another than ages and what hosts take has changed.
/// </summary>
internal sealed class HostsWatch(
    Func<CancellationToken, Task<IReadOnlyList<HostOverview>>> list,
    Func<IReadOnlyList<HostOverview>, bool> draw,
    Action<IReadOnlyList<HostOverview>> print,
    TimeProvider time
)
{
    /// <summary>How long between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Ends by cancellation alone, or an error; what was drawn last is printed then, since drawings go.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<HostOverview>? drawn = null;
        var printed = "";
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                var hosts = await list(cancellationToken);
                if (draw(hosts))
                {
                    drawn = hosts;
                }
                else if (WhatMatters(hosts) is var now && now != printed)
                {
                    printed = now;
                    print(hosts);
                }
            } while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        finally
        {
            if (drawn is not null)
                print(drawn);
        }
    }

    private static string WhatMatters(IEnumerable<HostOverview> hosts) =>
        JsonSerializer.Serialize(
            hosts.Select(host => host with { DiskBytes = null, MemoryBytes = null }),
            SpecificationJson.Options
        );
}
