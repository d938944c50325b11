using System.Text.RegularExpressions;
using Build.Tests.Bootstrap;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Tests;

namespace ContainerHost.EndToEnd;

/// <summary>A user without any right over this machine; the suite's own where that is not root.</summary>
public sealed partial class OrdinaryUserTests(Suite suite)
{
    // This machine knows the user in this process's namespace only, so that nobody has to be added to it.
    private const string AsUser = """
        set -eu
        folder=$1
        shift
        for file in passwd group subuid subgid; do
            cp "/etc/$file" "$folder/$file"
        done
        echo "guest:x:54321:54321::$folder/home:/bin/sh" >>"$folder/passwd"
        echo 'guest:x:54321:' >>"$folder/group"
        echo 'guest:1000000000:65536' | tee -a "$folder/subuid" >>"$folder/subgid"
        for file in passwd group subuid subgid; do
            mount --bind "$folder/$file" "/etc/$file"
        done
        mkdir -p "$folder/home" "$folder/root/.nuke"
        chown -R 54321:54321 "$folder/home" "$folder/root"
        chmod 755 "$folder"
        chmod 700 "$folder/home" "$folder/root"
        HOME=$folder/home exec setpriv --reuid=54321 --regid=54321 --clear-groups -- "$@"
        """;

    private static readonly string[] Telling =
    [
        "/etc/shadow",
        "/etc/ssh",
        "/tmp",
        "/usr/bin/passwd",
        "/usr/bin/ping",
        "/usr/bin/ssh-agent",
        "/usr/bin/sudo",
        "/var/cache/apt/archives/partial",
        "/var/mail",
    ];

    [Fact]
    public async Task An_ordinary_user_without_sudo_builds_the_image_that_root_builds()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "the whole suite runs as an ordinary user");
        (await suite.BuildAsync("DownloadIso", "asroot")).ShouldEndWith(ExitCodes.Success);
        var folder = suite.FolderOf("ordinary");
        Directory.CreateDirectory(folder);
        // Only the test's own folder is the user's; the way to it is open.
        await RealTool.RunAsync("chmod", "755", Path.GetDirectoryName(folder)!);
        var root = Path.Combine(folder, "root");
        var build = new Command(
            "unshare",
            [
                "--mount",
                "--",
                "sh",
                "-c",
                AsUser,
                "sh",
                folder,
                Path.Combine(Repository.Root, "build.sh"),
                "DownloadIso",
                .. new[]
                {
                    "--root",
                    root,
                    "--cache-directory",
                    Path.Combine(root, "cache"),
                    "--hosts-directory",
                    root,
                },
            ]
        );

        await RealTool.RunAsync(build);

        var images = Path.Combine(root, "cache", "images");
        var image = Directory.EnumerateDirectories(images).Select(Path.GetFileName).ShouldHaveSingleItem()!;
        var made = await LookAsync(Path.Combine(images, image, "disk.raw"));
        made.ShouldContain("Mode:  04755");
        made.ShouldBe(await LookAsync(suite.FolderOf(Path.Combine("cache", "images", image, "disk.raw"))));
        Directory.Delete(folder, recursive: true);
    }

    // Owners, modes, sizes and attributes of what has unusual ones.
    private static async Task<string> LookAsync(string disk)
    {
        var requests = Telling.SelectMany(path => (string[])[$"stat {path}", $"ea_list {path}"]);
        var said = await RealTool.RunAsync(
            new Command("env", "PATH=/usr/sbin:/usr/bin:/bin", "debugfs", "-f", "/dev/stdin", disk)
            {
                StandardInput = string.Join('\n', requests) + "\n",
            }
        );
        return string.Join('\n', Facts().Matches(said).Select(match => match.Value));
    }

    [GeneratedRegex("Mode: +[0-9]+|User: .*|Extended attributes.*|security.*|system.*")]
    private static partial Regex Facts();
}
