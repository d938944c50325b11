using System.Text.Json.Nodes;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Tests;

namespace ContainerHost.EndToEnd;

/// <summary>A host by the programs that people have: OpenSSH's, rsync, containerd's client; and files that go both ways.</summary>
internal static class ReachTests
{
    public static async Task RunAsync(Suite suite, string name)
    {
        var folder = Directory.CreateDirectory(suite.FolderOf("reach")).FullName;
        try
        {
            await OpenSshReachesItByNameAsync(suite, name, folder);
            await FilesGoBothWaysAsync(suite, name, folder);
            await ContainerdsClientListsItsImagesAsync(suite, name, folder);
            await ItsSpecIsPrintedAndIsTheSameAsync(suite, name, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OpenSshReachesItByNameAsync(Suite suite, string name, string folder)
    {
        var entry = (await suite.BuildAsync("SshConfig", name)).ShouldEndWith(ExitCodes.Success);
        var file = Path.Combine(folder, "ssh_config");
        await File.WriteAllTextAsync(file, entry.Output, Token);

        (await RealTool.RunAsync("ssh", "-F", file, name, "hostname")).Trim().ShouldBe(name);
        await RealTool.RunAsync("scp", "-q", "-F", file, file, $"{name}:by-scp");
        await RealTool.RunAsync("rsync", "-e", $"ssh -F {file}", $"{name}:by-scp", $"{folder}/by-rsync");
        (await File.ReadAllTextAsync($"{folder}/by-rsync", Token)).ShouldBe(entry.Output);
    }

    private static async Task FilesGoBothWaysAsync(Suite suite, string name, string folder)
    {
        var site = Directory.CreateDirectory(Path.Combine(folder, "site"));
        var content = new byte[3 << 20];
        new Random(15).NextBytes(content);
        await File.WriteAllBytesAsync(Path.Combine(site.FullName, "größe 1.bin"), content, Token);
        string[] there = ["--from-path", site.FullName, "--to-path", $"{name}:/srv/"];

        (await suite.BuildAsync("Copy", name, there)).ShouldEndWith(ExitCodes.Success);
        string[] back = ["--from-path", $"{name}:/srv/site", "--to-path", $"{folder}/back"];
        (await suite.BuildAsync("Copy", name, back)).ShouldEndWith(ExitCodes.Success);
        (await File.ReadAllBytesAsync($"{folder}/back/größe 1.bin", Token)).ShouldBe(content);

        await File.WriteAllTextAsync(Path.Combine(site.FullName, "größe 1.bin"), "other", Token);
        (await suite.BuildAsync("Copy", name, there))
            .ShouldEndWith(ExitCodes.InvalidInput)
            .Text.ShouldContain("--force");
    }

    private static async Task ContainerdsClientListsItsImagesAsync(Suite suite, string name, string folder)
    {
        var root = await DebianPackage.UnpackAsync(Path.Combine(folder, "client"), "containerd");
        var connect = await suite.BuildAsync("Connect", name, "--format", "json");
        var socket = connect.ShouldEndWith(ExitCodes.Success).Json["CONTAINERD_ADDRESS"]!.GetValue<string>();
        string[] list = ["--address", socket, "--namespace", "containerhost", "images", "ls", "-q"];

        var images = await RealTool.RunAsync(new Command($"{root}/usr/bin/ctr", list));
        images.ShouldContain("localhost/containerhost-hello:1");
        (await suite.BuildAsync("Connect", name, "--remove")).ShouldEndWith(ExitCodes.Success);
        File.Exists(socket).ShouldBeFalse();
    }

    private static async Task ItsSpecIsPrintedAndIsTheSameAsync(Suite suite, string name, string folder)
    {
        var printed = (await suite.BuildAsync("Spec", name)).ShouldEndWith(ExitCodes.Success);
        var file = Path.Combine(folder, "host.yaml");
        await File.WriteAllTextAsync(file, printed.Output, Token);

        var again = await suite.BuildAsync("Spec", name, "--spec", file, "--json");
        again.ShouldEndWith(ExitCodes.Success).Json.ShouldBeAssignableTo<JsonNode>();
        // Nothing of what is made differs from what the file says.
        (await suite.BuildAsync("InstallContainers", name, "--spec", file))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("CreateVm: skipped, up to date");
    }
}
