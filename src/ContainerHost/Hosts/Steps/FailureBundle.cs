using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Steps;

/// <summary>Gathers what an operator needs after a failure, before anything is undone: the error, the serial log, the console's picture.</summary>
internal static class FailureBundle
{
    /// <summary>Writes the bundle and tells where it is; one that cannot be written is a warning, since the first error must not be hidden.</summary>
    public static async Task KeepAsync(StepContext context, Exception error)
    {
        try
        {
            var folder = await WriteAsync(context, error);
            context.Services.Log.Error("CreateVm failed; what was seen is kept in {Folder}", folder);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            context.Services.Log.Warning("What was seen of the failure could not be kept: {Reason}", second.Message);
        }
    }

    /// <summary>Writes the bundle and returns its folder; whatever cannot be had is left out, since the first error must not be hidden.</summary>
    private static async Task<string> WriteAsync(StepContext context, Exception error)
    {
        var folder = context.Session.Folder;
        var bundle = Path.Combine(context.Services.Folders.ReportsDirectory, context.Session.Name.Value, "failure");
        if (Directory.Exists(bundle))
            Directory.Delete(bundle, recursive: true);
        Directory.CreateDirectory(bundle);
        // The bundle goes where others read it, such as a pipeline's artifacts.
        await File.WriteAllTextAsync(Path.Combine(bundle, "error.txt"), PublicAddress.In($"{error}\n"));
        foreach (var file in new[] { folder.SerialLog, folder.State, folder.Machine }.Where(File.Exists))
            await File.WriteAllTextAsync(
                Path.Combine(bundle, Path.GetFileName(file)),
                PublicAddress.In(ConsoleLog.End(file))
            );
        try
        {
            using var limit = new CancellationTokenSource(TimeLimits.FailurePicture);
            if (await context.Hypervisor.CaptureScreenAsync(folder, limit.Token) is { } picture)
                await File.WriteAllBytesAsync(Path.Combine(bundle, "console.png"), picture.ToPng(), limit.Token);
        }
#pragma warning disable CA1031 // A console that cannot be pictured must not hide the failure that is being reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await File.WriteAllTextAsync(Path.Combine(bundle, "console.txt"), $"no picture: {exception.Message}\n");
        }
        return bundle;
    }
}
