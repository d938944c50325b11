using ContainerHost.Guests;

namespace ContainerHost.Verification.Checks;

/// <summary>Builds an image in the guest from a Dockerfile, without the network, and runs it.</summary>
internal sealed class ImageCheck : ICheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public string Id => "image";

    public string Title => "An image built from a Dockerfile";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var prepared = await context.Shell.RunScriptAsync(
            GuestScript.Load("Verification.Checks.prepare-image.sh"),
            "prepare the image's files",
            Limit,
            cancellationToken,
            CheckContext.GuestFolder
        );
        await context.Runtime.BuildImageAsync(
            $"{CheckContext.GuestFolder}/image",
            CheckContext.Image,
            cancellationToken
        );
        return $"built {CheckContext.Image} from\n{prepared.StandardOutput.Trim()}";
    }
}
