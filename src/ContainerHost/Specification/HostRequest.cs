using ContainerHost.Errors;

namespace ContainerHost.Specification;

/// <summary>What the user typed, as text: turned into a <see cref="HostSpec"/> whole, with every problem told at once. Null means the default.</summary>
public sealed record HostRequest
{
    /// <summary>The default of <c>--name</c>.</summary>
    public const string DefaultName = "containerhost";

    /// <summary><c>--name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>--provider</c>.</summary>
    public string? Provider { get; init; }

    /// <summary><c>--guest</c>.</summary>
    public string? Guest { get; init; }

    /// <summary><c>--cpus</c>.</summary>
    public string? Cpus { get; init; }

    /// <summary><c>--memory</c>.</summary>
    public string? Memory { get; init; }

    /// <summary><c>--disk-size</c>.</summary>
    public string? DiskSize { get; init; }

    /// <summary><c>--isolation</c>.</summary>
    public string? Isolation { get; init; }

    /// <summary><c>--runtime</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary><c>--disk-image</c>.</summary>
    public string? DiskImage { get; init; }

    /// <summary><c>--disk-image-sha256</c>.</summary>
    public string? DiskImageSha256 { get; init; }

    /// <summary><c>--answer-file</c>.</summary>
    public string? AnswerFile { get; init; }

    /// <summary>Turns the request into a spec.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong; the error lists all of it.</exception>
    public HostSpec ToSpec()
    {
        var (spec, problems) = HostRequestReader.Read(this);
        return problems.Count == 0 ? spec! : throw new InvalidInputException(problems);
    }
}
