using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>The ways into a running host for the user's own programs; what would change this user's configuration is left to tests with a home of their own.</summary>
internal static class ReachTests
{
    public static async Task RunAsync(Suite suite, string name)
    {
        var folder = Directory.CreateDirectory(suite.FolderOf("copies")).FullName;
        var file = Path.Combine(folder, "there");
        await File.WriteAllTextAsync(file, "there and back\n", Token);

        (await suite.BuildAsync("Copy", name, "--from-path", file, "--to-path", $"{name}:/root/")).ShouldEndWith(
            ExitCodes.Success
        );
        var back = Path.Combine(folder, "back");
        (await suite.BuildAsync("Copy", name, "--from-path", $"{name}:/root/there", "--to-path", back)).ShouldEndWith(
            ExitCodes.Success
        );
        (await File.ReadAllTextAsync(back, Token)).ShouldBe("there and back\n");
        Directory.Delete(folder, recursive: true);

        (await suite.BuildAsync("SshConfig", name))
            .ShouldEndWith(ExitCodes.Success)
            .Output.ShouldContain($"Host {name}");
        var access = (await suite.BuildAsync("Connect", name, "--format", "env")).ShouldEndWith(ExitCodes.Success);
        var socket = access.Output.Trim().Split('=')[1].Trim('\'');
        File.Exists(socket).ShouldBeTrue(access.Text);
        (await suite.BuildAsync("Connect", name, "--remove")).ShouldEndWith(ExitCodes.Success);
        File.Exists(socket).ShouldBeFalse();
    }
}
