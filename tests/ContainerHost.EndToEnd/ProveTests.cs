using System.Text.Json.Nodes;
using Build.Tests.Bootstrap;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Tests;

namespace ContainerHost.EndToEnd;

/// <summary>Images made by buildah from busybox, proved on the verified host of another case.</summary>
internal sealed class ProveTests(Suite suite, string host)
{
    private static readonly string[] Isolations = ["Process", "HyperV"];

    private string Folder => suite.FolderOf("prove");
    private string Reports => Path.Combine(Repository.Root, "artifacts", "prove", host);

    /// <summary>Runs the whole case; the host is then as it was before.</summary>
    public static async Task RunAsync(Suite suite, string host)
    {
        var tests = new ProveTests(suite, host);
        try
        {
            var buildah = await Buildah.CreateAsync(tests.Folder);
            await tests.ADamagedArchiveIsRefusedAsync(await tests.MakeAsync(buildah, "good", "echo proved"));
            await tests.AGoodImagePassesAsync();
            await tests.BadImagesFailByNameAsync(buildah);
            await tests.AServerAnswersAsync(buildah);
            await tests.NothingIsLeftAsync();
        }
        finally
        {
            if (Directory.Exists(tests.Folder))
                Directory.Delete(tests.Folder, recursive: true);
        }
    }

    private async Task ADamagedArchiveIsRefusedAsync(string good)
    {
        var bytes = await File.ReadAllBytesAsync(good, Token);
        bytes[bytes.Length / 2] ^= 0x55;
        var damaged = Path.Combine(Folder, "damaged.tar");
        await File.WriteAllBytesAsync(damaged, bytes, Token);

        var refused = await ProveAsync(damaged);

        refused.ShouldEndWith(ExitCodes.InvalidInput);
        refused.Json["problems"]![0]!.GetValue<string>().ShouldStartWith($"--image '{damaged}' is refused: its ");
    }

    private async Task AGoodImagePassesAsync()
    {
        var report = (await ProveAsync(PathOf("good"), "--expect-output", "proved"))
            .ShouldEndWith(ExitCodes.Success)
            .Json;

        Verdicts(report, 0).ShouldBe([true, true]);
        var image = report["images"]![0]!;
        image["imageId"]!.GetValue<string>().ShouldStartWith("sha256:");
        image["digest"]!.GetValue<string>().ShouldStartWith("sha256:");
        image["layers"]!.AsArray().Count.ShouldBe(1);
        report["lockFileSha256"]!.GetValue<string>().Length.ShouldBe(64);
        File.ReadAllText(Path.Combine(Reports, "prove.html")).ShouldContain("1 of 1 images passed");
        File.ReadAllText(Path.Combine(Reports, "prove.xml")).ShouldContain("failures=\"0\"");
    }

    private async Task BadImagesFailByNameAsync(Buildah buildah)
    {
        var wrong = await MakeAsync(buildah, "wrong", "echo broken >&2; exit 3");
        // The guest's kernel has loaded it for its own containers; that of a container's machine has it not.
        const string needs = "grep -qw overlay /proc/filesystems || { echo this kernel has no overlay >&2; exit 1; }";
        var newer = await MakeAsync(buildah, "newer", needs);

        var failed = await ProveAsync($"{wrong},{newer}");

        failed.ShouldEndWith(ExitCodes.VerificationFailed);
        var report = failed.Json["result"]!;
        Verdicts(report, 0).ShouldBe([false, false]);
        Verdicts(report, 1).ShouldBe([true, false]);
        var saw = failed.Json["saw"]!.GetValue<string>();
        saw.ShouldContain("With process isolation the command ended with exit code 3 instead of 0. It said: broken");
        saw.ShouldContain(
            "With VM isolation the command ended with exit code 1 instead of 0. It said: this kernel has no overlay"
        );
        File.ReadAllText(Path.Combine(Reports, "prove.xml")).ShouldContain("failures=\"3\"");
    }

    private async Task AServerAnswersAsync(Buildah buildah)
    {
        var server = await MakeAsync(
            buildah,
            "server",
            "mkdir -p /www; echo healthy >/www/health; exec httpd -f -p 8080 -h /www"
        );

        var report = (await ProveAsync(server, "--probe", "http://:8080/health", "--probe-timeout", "2m"))
            .ShouldEndWith(ExitCodes.Success)
            .Json;

        Verdicts(report, 0).ShouldBe([true, true]);
        var evidence = report["checks"]!.AsArray().Select(check => check!["evidence"]!.GetValue<string>());
        evidence.Count(text => text.Contains("healthy", StringComparison.Ordinal)).ShouldBe(2);
    }

    private async Task NothingIsLeftAsync()
    {
        const string look =
            "ctr -n containerhost images list -q; ctr -n containerhost containers list -q; ls /run/netns /var/lib/containerhost/roots /var/tmp | grep prove";
        var left = await suite.BuildAsync("Shell", host, "--json", "--command", look);
        left.Json["standardOutput"]!.GetValue<string>().ShouldNotContain("prove");
    }

    private async Task<string> MakeAsync(Buildah buildah, string name, string script)
    {
        var context = Path.Combine(Folder, name);
        Directory.CreateDirectory(context);
        File.Copy("/bin/busybox", Path.Combine(context, "busybox"));
        var words = new JsonArray("/bin/busybox", "sh", "-c", script);
        await File.WriteAllTextAsync(
            Path.Combine(context, "Dockerfile"),
            $"FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\nENV PATH=/bin\nCMD {words.ToJsonString()}\n",
            Token
        );
        await buildah.BuildAsync(context, name);
        await buildah.PushAsync(name, $"oci-archive:{PathOf(name)}:localhost/{name}:1");
        return PathOf(name);
    }

    private string PathOf(string name) => Path.Combine(Folder, $"{name}.tar");

    // The host is verified already.
    private Task<BuildResult> ProveAsync(string images, params IReadOnlyList<string> more) =>
        suite.BuildAsync("Prove", host, ["--skip", "Verify", "--json", "--image", images, .. more]);

    private static IEnumerable<bool> Verdicts(JsonNode report, int image)
    {
        var verdicts = report["images"]![image]!["verdicts"]!.AsArray();
        verdicts.Select(one => one!["isolation"]!.GetValue<string>()).ShouldBe(Isolations);
        return verdicts.Select(one => one!["passed"]!.GetValue<bool>());
    }
}
