using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>A host takes scripts of the user's: once each, those that fail told with their line; and a check of the user's own judges it.</summary>
internal static class ProvisionTests
{
    public static async Task RunAsync(Suite suite, string name)
    {
        var folder = suite.FolderOf("scripts");
        Directory.CreateDirectory(folder);
        try
        {
            await RunAsync(suite, name, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(Suite suite, string name, string folder)
    {
        var once = Put(folder, "once.sh", "#!/bin/sh\necho one >> /root/ran; echo \"as $(id -un) in $(pwd)\"\n");
        var user = Put(folder, "user.sh", "#!/bin/bash\necho \"as $(id -un) in $(pwd)\"\n");
        var bad = Put(folder, "bad.sh", "#!/bin/bash\nset -e\necho begun\nls /nowhere\necho not reached\n");
        var check = Put(folder, "check.sh", "#!/bin/sh\ncat /root/ran\n[ \"$(wc -l < /root/ran)\" = 1 ]\n");

        (await suite.BuildAsync("Provision", name, "--provision", once))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("once.sh: as root in /root");
        (await suite.BuildAsync("Provision", name, "--provision", once))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("once.sh ran already");
        (await suite.BuildAsync("Provision", name, "--provision", user, "--provision-as", "user"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("user.sh: as admin in /home/admin");
        var failed = (await suite.BuildAsync("Provision", name, "--provision", bad)).ShouldEndWith(
            ExitCodes.HostFailed
        );
        failed.Text.ShouldContain("exit code 2, in line 4");
        failed.Text.ShouldNotContain("not reached");

        string[] own = ["--checks", "mine"];
        (await suite.BuildAsync("Verify", name, ["--check", $"mine={check}", .. own])).ShouldEndWith(ExitCodes.Success);
        await suite.BuildAsync("Provision", name, "--provision", once, "--force");
        var verified = await suite.BuildAsync("Verify", name, ["--json", .. own]);
        verified.ShouldEndWith(ExitCodes.VerificationFailed);
        verified.Json["result"]!["checks"]![0]!["evidence"]!.GetValue<string>().ShouldContain("one\none");
    }

    private static string Put(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
