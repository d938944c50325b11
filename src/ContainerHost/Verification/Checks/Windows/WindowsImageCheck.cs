using ContainerHost.Guests;
using ContainerHost.Runtimes.Windows;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>Builds an image in the guest from a Dockerfile, on a base whose build is known to run on this kernel.</summary>
internal static class WindowsImageCheck
{
    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var said = await WindowsContainers.RunAsync(context, "guest-build.ps1", cancellationToken);
        var build = GuestScript.ReadAnswer<Guest>(said).Build;
        var image = await BaseImage.ForAsync(context.Spec.Windows?.BaseImage, build, cancellationToken);
        Evidence.Require(
            image.Build is null || image.Build == build,
            "The base image is of another Windows build than the host, so no process-isolated container runs from it.",
            $"base image {image.Reference}: build {image.Build}; host: build {build}"
        );
        const string folder = WindowsContainers.GuestFolder;
        string[] words = [folder, image.Reference];
        var prepared = await WindowsContainers.RunAsync(context, "prepare-image.ps1", cancellationToken, words);
        await context.Runtime.BuildImageAsync($@"{folder}\image", CheckContext.Image, cancellationToken);
        return $"built {CheckContext.Image} on build {build} from\n{prepared.Trim()}";
    }

    private sealed record Guest(int Build);
}
