using ContainerHost.Guests;

namespace ContainerHost.Verification.Checks;

/// <summary>Builds an image in the guest from a Dockerfile, without the network, and runs it.</summary>
internal static class ImageCheck
{
    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var prepared = await context.Shell.RunScriptAsync(
            "Verification.Checks.prepare-image.sh",
            "prepare the image's files",
            cancellationToken,
            CheckContext.GuestFolder
        );
        const string folder = $"{CheckContext.GuestFolder}/image";
        await context.Runtime.BuildImageAsync(folder, CheckContext.Image, cancellationToken);
        return $"built {CheckContext.Image} from\n{prepared.Trim()}";
    }
}
