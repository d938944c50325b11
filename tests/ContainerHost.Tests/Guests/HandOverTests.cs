using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Guests;

/// <summary>What the script that runs in a guest writes of a proxy and of authorities, with its files in a folder of the test.</summary>
public sealed class HandOverTests : FolderTest
{
    private const string Proxy = "http://us%40er:pass@proxy.test:3128";

    [Fact]
    public async Task Log_ins_services_and_Docker_get_the_proxy_and_keep_what_they_had()
    {
        Put("environment", "LANG=C.UTF-8\nhttp_proxy=http://old.test\n");
        Put("docker.json", """{"auths": {"registry.test": {}}}""");

        await RunAsync(new HandedNetwork(Proxy, "localhost,10.0.0.0/8", []));
        await RunAsync(new HandedNetwork(Proxy, "localhost,10.0.0.0/8", []));

        var environment = Read("environment");
        environment.ShouldStartWith("LANG=C.UTF-8\n");
        environment.ShouldNotContain("old.test");
        environment.Split('\n').Count(line => line == $"https_proxy=\"{Proxy}\"").ShouldBe(1);
        // systemd reads one percent sign of two (systemd.unit(5), specifiers).
        Read("units/docker.service.d/containerhost-proxy.conf")
            .ShouldContain("Environment=\"HTTPS_PROXY=http://us%%40er:pass@proxy.test:3128\"");
        var docker = JsonNode.Parse(Read("docker.json"))!;
        docker["auths"]!["registry.test"].ShouldNotBeNull();
        docker["proxies"]!["default"]!["noProxy"]!.GetValue<string>().ShouldBe("localhost,10.0.0.0/8");
        Read("calls")
            .ShouldBe(
                string.Concat(
                    Enumerable.Repeat(
                        "systemctl daemon-reload\nsystemctl try-restart containerd.service docker.service\n",
                        2
                    )
                )
            );
    }

    [Fact]
    public async Task A_proxy_is_taken_away_again()
    {
        Put("environment", "LANG=C.UTF-8\n");

        await RunAsync(new HandedNetwork(Proxy, "localhost", []));
        await RunAsync(new HandedNetwork("none", "localhost", []));

        Read("environment").ShouldBe("LANG=C.UTF-8\n");
        Read("units/containerd.service.d/containerhost-proxy.conf").ShouldBe("[Service]\n");
        Read("docker.json").ShouldNotContain("default");
    }

    [Fact]
    public async Task Authorities_are_put_where_the_guest_looks_for_them_and_nothing_else_is_touched()
    {
        Put("authorities/containerhost-7.crt", "of an earlier run");

        // A whole bundle is longer than an argument may be.
        await RunAsync(new HandedNetwork("", "", ["one\n", new string('x', 200_000)]));

        Directory
            .GetFiles(In("authorities"))
            .Order()
            .ShouldBe([In("authorities", "containerhost-0.crt"), In("authorities", "containerhost-1.crt")]);
        Read("authorities/containerhost-0.crt").ShouldBe("one\n");
        Read("calls").ShouldBe("update-ca-certificates\nsystemctl try-restart containerd.service docker.service\n");
        File.Exists(In("environment")).ShouldBeFalse();
    }

    private async Task RunAsync(HandedNetwork network)
    {
        foreach (var program in (string[])["systemctl", "update-ca-certificates"])
        {
            var path = Put(
                Path.Combine("bin", program),
                $"#!/bin/sh\necho {program} \"$@\" | sed 's/ $//' >> '{In("calls")}'\n"
            );
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }
        var script = EmbeddedText
            .Load("Guests.Debian.hand-over.py")
            .Replace("\"/etc/environment\"", $"\"{In("environment")}\"")
            .Replace("\"/root/.docker/config.json\"", $"\"{In("docker.json")}\"")
            .Replace("\"/usr/local/share/ca-certificates\"", $"\"{In("authorities")}\"")
            .Replace("\"/etc/systemd/system\"", $"\"{In("units")}\"");
        var search = $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        var file = Put("network.json", JsonSerializer.Serialize(network, SpecificationJson.Options));
        await RealTool.RunAsync(
            new Command("python3", [Put("hand-over.py", script), file])
            {
                Environment = new Dictionary<string, string?> { ["PATH"] = search },
            }
        );
        // It may have a password.
        File.Exists(file).ShouldBeFalse();
    }
}
