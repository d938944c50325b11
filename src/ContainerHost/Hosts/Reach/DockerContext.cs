using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Reach;

/// <summary>
/// The user's context of Docker's client for a host, over SSH (https://docs.docker.com/engine/security/protect-access/); ours by its description, and known by a note
/// beside the host's folder.
/// </summary>
internal sealed class DockerContext(HostServices services, HostFolder folder)
{
    private string Name => folder.Name;

    private string Mark => $"ContainerHost: {folder.Path}";

    /// <summary>Makes it, or corrects ours.</summary>
    /// <exception cref="InvalidInputException">There is one of that name that is not ours.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var there = await DescribeAsync(cancellationToken);
        if (there is not null && there != Mark)
            throw new InvalidInputException([
                $"docker has a context '{Name}' already that is not of this host: '{there}'. Remove it by 'docker context rm {Name}', or use --format env alone.",
            ]);
        // Whatever is made from here on is found by it.
        await AtomicFile.WriteTextAsync(folder.DockerContext, Mark + "\n", cancellationToken);
        string verb = there is null ? "create" : "update";
        await services.Processes.RunCheckedAsync(
            Docker("context", verb, "--description", Mark, "--docker", $"host={UrlOf(Name)}", Name),
            $"{verb} docker's context '{Name}'",
            "read what docker says; Connect without --write needs no context.",
            cancellationToken,
            Name
        );
    }

    /// <summary>Takes it away, if it is ours; what keeps it is told, since a host must be removable whatever became of its user's files.</summary>
    public async Task<bool> RemoveAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.DockerContext))
            return false;
        try
        {
            if (await DescribeAsync(cancellationToken) == Mark)
                await services.Processes.RunCheckedAsync(
                    Docker("context", "rm", "--force", Name),
                    $"remove docker's context '{Name}'",
                    $"remove it by 'docker context rm --force {Name}'.",
                    cancellationToken
                );
        }
        catch (ContainerHostException refused)
        {
            services.Log.Warning("Docker's context '{Host}' stays: {Problem}", Name, refused.Message);
        }
        File.Delete(folder.DockerContext);
        return true;
    }

    public static string UrlOf(string name) => $"ssh://{name}";

    // Null where there is none.
    private async Task<string?> DescribeAsync(CancellationToken cancellationToken)
    {
        var told = await services.Processes.RunAsync(Docker("context", "inspect", Name), cancellationToken);
        try
        {
            return told.Succeeded ? $"{JsonNode.Parse(told.StandardOutput)?[0]?["Metadata"]?["Description"]}" : null;
        }
        // Whatever calls itself docker here, it has no context of ours.
        catch (Exception other) when (other is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private Command Docker(params IReadOnlyList<string> words) =>
        new("docker", words)
        {
            // Where the user's contexts are (docker's environment variables).
            Environment = new Dictionary<string, string?>
            {
                ["HOME"] = services.Home,
                ["DOCKER_CONFIG"] = Environment.GetEnvironmentVariable("DOCKER_CONFIG"),
            },
        };
}
