using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Guests;

/// <summary>How a Debian guest's user gets to the engine's socket, with stand-ins for the programs that change the system.</summary>
public sealed class OpenEngineTests : FolderTest
{
    private static string Me => Environment.UserName;

    [Fact]
    public async Task Docker_has_a_group_for_it()
    {
        await RunAsync(Me, "docker.service", "/run/docker.sock");

        Read("calls").ShouldBe($"usermod --append --groups docker {Me}\n");
    }

    [Fact]
    public async Task containerd_gives_its_socket_to_the_users_group_at_each_start()
    {
        await RunAsync(Me, "containerd.service", "/run/containerd/containerd.sock");
        await RunAsync(Me, "containerd.service", "/run/containerd/containerd.sock");

        var group = (await RealTool.RunAsync("id", "--group", "--name", Me)).Trim();
        var chgrp = $"chgrp {group} /run/containerd/containerd.sock";
        Read("calls").ShouldBe($"systemctl daemon-reload\n{chgrp}\n{chgrp}\n");
        var folder = In("etc", "systemd", "system", "containerd.service.d");
        Directory.GetFiles(folder).ShouldBe([Path.Combine(folder, "containerhost-socket.conf")]);
        Read("etc/systemd/system/containerd.service.d/containerhost-socket.conf")
            .ShouldBe($"[Service]\nExecStartPost={chgrp}\n");
    }

    [Fact]
    public async Task Another_service_is_refused() =>
        (await RunScriptAsync(Me, "podman.service", "/run/podman.sock")).ExitCode.ShouldBe(3);

    private async Task RunAsync(params string[] words)
    {
        var result = await RunScriptAsync(words);
        result.ExitCode.ShouldBe(0, result.StandardError);
    }

    private async Task<CommandResult> RunScriptAsync(params string[] words)
    {
        foreach (var program in new[] { "usermod", "systemctl", "chgrp" })
            await RealTool.RunAsync(
                "chmod",
                "755",
                Put($"bin/{program}", $"#!/bin/sh\necho {program} \"$@\" >>'{In("calls")}'\n")
            );
        return await new ProcessRunner().RunAsync(
            new Command("sh", ["-s", "--", .. words])
            {
                StandardInput = EmbeddedText.Load("Guests.Debian.open-engine.sh"),
                Environment = new Dictionary<string, string?>
                {
                    ["ROOT"] = Folder,
                    ["PATH"] = $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                },
            },
            Token
        );
    }
}
