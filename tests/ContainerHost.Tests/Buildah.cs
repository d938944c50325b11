using ContainerHost.Processes;

namespace ContainerHost.Tests;

/// <summary>Builds images with buildah, whose store lies in a folder that goes with the test.</summary>
internal sealed class Buildah
{
    private readonly string _folder;

    private Buildah(string folder) => _folder = folder;

    /// <summary>Skips the test where buildah is missing, or where this user may make no image with it.</summary>
    public static async Task<Buildah> CreateAsync(string folder)
    {
        RealTool.Require("buildah");
        var buildah = new Buildah(folder);
        var info = await new ProcessRunner().RunAsync(buildah.Of("info"), TestRun.Token);
        Assert.SkipUnless(info.Succeeded, $"buildah does not work here: {info.StandardError}");
        return buildah;
    }

    public Task BuildAsync(string context, string image) =>
        RealTool.RunAsync(Of("bud", "--quiet", "--isolation", "chroot", "--tag", image, context));

    public Task PushAsync(string image, string target) => RealTool.RunAsync(Of("push", "--quiet", image, target));

    private Command Of(params IReadOnlyList<string> words) =>
        new(
            "buildah",
            [
                "--storage-driver",
                "vfs",
                "--root",
                Path.Combine(_folder, "buildah"),
                "--runroot",
                Path.Combine(_folder, "buildah-run"),
                .. words,
            ]
        );
}
