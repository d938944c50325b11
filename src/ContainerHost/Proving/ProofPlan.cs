using System.Globalization;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Proving;

/// <summary>What is done with each image and what must come of it.</summary>
internal sealed record ProofPlan
{
    public required IReadOnlyList<ImageSource> Images { get; init; }

    /// <summary>The image's own when empty.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public string? Output { get; init; }
    public int ExitCode { get; init; }
    public HttpProbe? Probe { get; init; }

    /// <summary>Reads what was typed; every problem is added to the list.</summary>
    public static ProofPlan Read(ProofRequest request, ICollection<string> problems)
    {
        var exitCode = 0;
        if (
            request.ExpectExitCode is { } code
            && !int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exitCode)
        )
            problems.Add($"--expect-exit-code '{code}' is not valid. Allowed: a whole number.");
        var command = CommandWords.Split(request.Run ?? "");
        if (command is null || (request.Run is not null && command.Count == 0))
            problems.Add(
                $"--run '{request.Run}' is not valid. Allowed: a command line; a quote is not closed, or there is none."
            );
        if (request.Probe is not null && (request.ExpectOutput ?? request.ExpectExitCode) is not null)
            problems.Add("--probe judges by the answer: leave --expect-output and --expect-exit-code away.");
        return new ProofPlan
        {
            Images = ImageSource.ReadAll(request.Images, problems),
            Command = command ?? [],
            Output = request.ExpectOutput,
            ExitCode = exitCode,
            Probe = ReadProbe(request, problems),
        };
    }

    /// <summary>What of it that host cannot do, a sentence each.</summary>
    public IEnumerable<string> Check(HostSpec spec)
    {
        if (spec.Runtime == RuntimeKind.None)
            yield return "Prove needs a runtime; the host has --runtime None.";
        if (Probe is not null && !spec.Guest.Family.AnswersProbes)
            yield return "--probe is for Linux guests; on Windows judge by --expect-output or --expect-exit-code.";
        if (Probe is not null && spec is { VmIsolation: VmIsolationKind.Kata, NeedsNested: true })
            yield return "--probe does not reach the machines of Kata Containers; use --vm-isolation MicroVm, or --isolation Process.";
        if (spec.Network != GuestNetwork.Restricted)
            yield break;
        foreach (var image in Images.Where(image => image.Kind == ImageKind.Reference))
            yield return $"--image {image.Shown} is pulled by the guest, which with --network Restricted reaches no registry. Give an archive of it: skopeo copy docker://{image.Location} docker-archive:image.tar.";
    }

    private static HttpProbe? ReadProbe(ProofRequest request, ICollection<string> problems)
    {
        var limit = TimeLimits.Probe;
        if (
            request.ProbeTimeout is { } text
            && (!TimeLimit.TryParse(text, out limit) || limit > TimeLimits.LongestProbe)
        )
            problems.Add($"--probe-timeout '{text}' is not valid. Allowed: a time from 1s to 3m.");
        if (request.ProbeTimeout is not null && request.Probe is null)
            problems.Add("--probe-timeout needs --probe.");
        if (request.Probe is null)
            return null;
        if (HttpProbe.TryParse(request.Probe, limit, out var probe))
            return probe;
        problems.Add($"--probe '{request.Probe}' is not valid. Allowed: http://:PORT/PATH, a port of the container.");
        return null;
    }
}
