using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>A template of a host whose memory cannot be frozen, since it starts by UEFI: its clones boot, and are nobody's twins.</summary>
internal static class OffTemplateTests
{
    private const string Marks =
        "cat /etc/machine-id /etc/hostname /var/lib/cloud/data/instance-id; cut -d ' ' -f 2 /etc/ssh/ssh_host_ed25519_key.pub; "
        + "cut -d : -f 2 /etc/shadow | grep '^\\$'; cat /srv/kept";

    public static async Task RunAsync(Suite suite, string name)
    {
        await AskAsync(suite, name, "echo kept >/srv/kept");
        (await suite.BuildAsync("Template", name)).ShouldEndWith(ExitCodes.Success);
        // The host runs again.
        var original = await AskAsync(suite, name, Marks);

        (await suite.BuildAsync("Clone", "twin", "--from", name)).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("Verify", "twin"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldContain("passed  identity");

        var clone = await AskAsync(suite, "twin", Marks);
        clone[^1].ShouldBe("kept");
        clone[1].ShouldBe("twin");
        clone.Length.ShouldBe(original.Length);
        clone[..^1].ShouldAllBe(mark => !original.Contains(mark));
        (await suite.BuildAsync("Destroy", "twin")).ShouldEndWith(ExitCodes.Success);
        (await suite.BuildAsync("RemoveTemplate", name, "--from", name)).ShouldEndWith(ExitCodes.Success);
    }

    private static async Task<string[]> AskAsync(Suite suite, string name, string command) =>
        (await suite.BuildAsync("Shell", name, "--json", "--command", command)).ShouldEndWith(ExitCodes.Success).Json[
            "standardOutput"
        ]!
            .GetValue<string>()
            .Trim()
            .Split('\n');
}
