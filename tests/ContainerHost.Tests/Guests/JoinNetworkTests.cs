using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Guests;

/// <summary>What a guest is changed by when it joins a private network, for each program that keeps its adapters.</summary>
public sealed class JoinNetworkTests : FolderTest
{
    private const string Mac = "52:54:01:aa:bb:cc";

    [Fact]
    public async Task Systemd_networkd_gets_a_file_that_knows_the_adapter_by_its_address()
    {
        await RunAsync("systemd-networkd.service", "web-1=10.77.0.11", "db=10.77.0.12");

        Read("etc/systemd/network/70-containerhost-private.network")
            .ShouldBe($"[Match]\nMACAddress={Mac}\n\n[Network]\nAddress=10.77.0.13/24\nLinkLocalAddressing=no\n");
        Read("calls")
            .ShouldBe($"ip link set dev enp0s10 address {Mac}\nnetworkctl reload\nnetworkctl reconfigure enp0s10\n");
    }

    [Fact]
    public async Task Network_manager_gets_a_connection()
    {
        await RunAsync("NetworkManager.service");

        Read("calls")
            .ShouldEndWith(
                "ifname enp0s10 ipv4.method manual ipv4.addresses 10.77.0.13/24 ipv6.method disabled\nnmcli connection up containerhost-private\n"
            );
    }

    [Fact]
    public async Task Ifupdown_gets_a_file_of_its_own()
    {
        await RunAsync("networking.service");

        Read("etc/network/interfaces.d/70-containerhost-private")
            .ShouldBe("auto enp0s10\niface enp0s10 inet static\n    address 10.77.0.13/24\n");
        Read("calls").ShouldEndWith("ifdown --force enp0s10\nifup enp0s10\n");
    }

    [Fact]
    public async Task Neighbours_are_named_in_place_of_those_that_were_and_nothing_else_is_touched()
    {
        await RunAsync("systemd-networkd.service", "old=10.77.0.2");
        await RunAsync("systemd-networkd.service", "web-1=10.77.0.11", "db=10.77.0.12");

        const string block =
            "# ContainerHost: the private network's hosts\n10.77.0.11 web-1\n10.77.0.12 db\n# ContainerHost: end of them\n";
        Read("etc/hosts").ShouldBe($"127.0.0.1 localhost\n{block}");
        Read("etc/cloud/templates/hosts.debian.tmpl").ShouldBe($"## template:jinja\n127.0.1.1 {{{{fqdn}}}}\n{block}");

        await RunAsync("systemd-networkd.service");

        Read("etc/hosts").ShouldBe("127.0.0.1 localhost\n");
    }

    private async Task RunAsync(string active, params string[] neighbours)
    {
        foreach (var program in (string[])["ip", "networkctl", "nmcli", "ifup", "ifdown"])
            Program(program, $"echo {program} \"$@\" >> '{In("calls")}'");
        Program("systemctl", $"[ \"$3\" = {active} ]");
        if (!Directory.Exists(In("sys")))
        {
            Put("sys/enp0s3/address", "52:54:00:12:34:56\n");
            Put("sys/enp0s10/address", "52:54:01:00:00:00\n");
            Put("sys/lo/address", "00:00:00:00:00:00\n");
            Directory.CreateDirectory(In("sys", "enp0s3", "device"));
            Directory.CreateDirectory(In("sys", "enp0s10", "device"));
            Put("etc/hosts", "127.0.0.1 localhost\n");
            Put("etc/cloud/templates/hosts.debian.tmpl", "## template:jinja\n127.0.1.1 {{fqdn}}\n");
        }
        var script = EmbeddedText
            .Load("Guests.Debian.join-network.py")
            .Replace("\"/etc/", $"\"{In("etc")}/")
            .Replace("/sys/class/net", In("sys"));
        await RealTool.RunAsync(
            new Command("python3", [Put("join-network.py", script), Mac, "10.77.0.13/24", .. neighbours])
            {
                Environment = new Dictionary<string, string?>
                {
                    ["PATH"] = $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                },
            }
        );
    }

    private void Program(string name, string line)
    {
        var path = Put(Path.Combine("bin", name), $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
