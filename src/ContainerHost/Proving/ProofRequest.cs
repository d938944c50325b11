namespace ContainerHost.Proving;

/// <summary>Which images to prove and by what, as it was typed; <see cref="Hosts.LocalHosts.ReadImagesAsync"/> checks it whole.</summary>
public sealed class ProofRequest
{
    /// <summary>The images, with commas between: references, or archives by path or address, with <c>#sha256=</c> and their digest.</summary>
    public string? Images { get; init; }

    /// <summary>The command line to run in a container of each; the image's own when null.</summary>
    public string? Run { get; init; }

    /// <summary>What it must print, the end of the last line left out; anything when null.</summary>
    public string? ExpectOutput { get; init; }

    /// <summary>The exit code that it must end with; 0 when null.</summary>
    public string? ExpectExitCode { get; init; }

    /// <summary>The address that must answer while it runs, such as <c>http://:8080/health</c>; null to judge by its end.</summary>
    public string? Probe { get; init; }

    /// <summary>How long that may take, such as <c>90s</c>.</summary>
    public string? ProbeTimeout { get; init; }

    /// <summary>The folder that reports go to, one folder a host in it.</summary>
    public required string ReportsDirectory { get; init; }
}
