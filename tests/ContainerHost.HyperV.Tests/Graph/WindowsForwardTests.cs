using ContainerHost.Hosts.Life;
using ContainerHost.Tests.Specification;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>Ports of this machine that lead to a whole host on the simulated Hyper-V, over its life.</summary>
public sealed class WindowsForwardTests
{
    [Fact]
    public async Task A_hosts_ports_are_there_while_it_runs_and_go_when_they_are_taken_away()
    {
        using var scene = new WindowsScene();
        var name = WindowsScene.NameOf("lab1");
        var (first, second) = (Netsh.FreePort(), Netsh.FreePort());
        string[] both = [Entry(first, 80), Entry(second, 81)];
        const string wish =
            "--name lab1 --provider HyperV --guest windows-server-2022 --accept-license --guest-shell Ssh";

        await scene.RunAsync(Typed.Request($"{wish} --forward {first}:80,{second}:81"));
        scene.Netsh.Entries.ShouldBe(both, ignoreOrder: true);

        var power = new HostPower(scene.Services);
        await power.StopAsync(name, Token);
        scene.Netsh.Entries.ShouldBeEmpty();
        await power.StartAsync(name, Token);
        scene.Netsh.Entries.ShouldBe(both, ignoreOrder: true);

        var ports = new HostPorts(scene.Services);
        await ports.RemoveAsync(name, $"{first}:80", Token);
        scene.Netsh.Entries.ShouldBe([Entry(second, 81)]);
        // By itself: nobody takes it away then.
        await scene.Hypervisor.StopAsync(scene.FolderOf("lab1"), TimeSpan.FromMinutes(1), Token);
        scene.Netsh.Listen($"127.0.0.1:{second}", "192.0.2.17:81");
        await File.WriteAllTextAsync(scene.FolderOf("lab1").Forwards, $"127.0.0.1 {second} 192.0.2.17 81\n", Token);
        await ports.RemoveAsync(name, $"{second}:81", Token);
        scene.Netsh.Entries.ShouldBeEmpty();
    }

    private static string Entry(int port, int guestPort) => $"127.0.0.1:{port} 192.0.2.17:{guestPort}";
}
