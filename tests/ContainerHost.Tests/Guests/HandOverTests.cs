using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Processes;

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

        await RunAsync(Proxy, "localhost,10.0.0.0/8", "");
        await RunAsync(Proxy, "localhost,10.0.0.0/8", "");

        var environment = Read("environment");
        environment.ShouldStartWith("LANG=C.UTF-8\n");
        environment.ShouldNotContain("old.test");
        environment.Split('\n').Count(line => line == $"https_proxy=\"{Proxy}\"").ShouldBe(1);
        // systemd reads one percent sign of two (systemd.unit(5), specifiers).
        Read("etc/systemd/system/docker.service.d/containerhost-proxy.conf")
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
    public async Task Authorities_are_put_where_the_guest_looks_for_them_and_nothing_else_is_touched()
    {
        await RunAsync("", "", "-----BEGIN CERTIFICATE-----\n");

        Read("authorities.crt").ShouldBe("-----BEGIN CERTIFICATE-----\n");
        Read("calls").ShouldBe("update-ca-certificates\nsystemctl try-restart containerd.service docker.service\n");
        File.Exists(In("environment")).ShouldBeFalse();
    }

    private async Task RunAsync(params string[] words)
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
            .Replace("\"/usr/local/share/ca-certificates/containerhost.crt\"", $"\"{In("authorities.crt")}\"")
            .Replace("/etc/systemd", $"{In("etc", "systemd")}");
        var search = $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        await RealTool.RunAsync(
            new Command("python3", [Put("hand-over.py", script), .. words])
            {
                Environment = new Dictionary<string, string?> { ["PATH"] = search },
            }
        );
    }
}
