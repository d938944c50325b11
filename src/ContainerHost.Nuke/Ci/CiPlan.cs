namespace ContainerHost.Targets.Ci;

/// <summary>What CI systems are to run: a job for each guest, runtime and isolation, which makes a host, verifies it and destroys it.</summary>
public sealed record CiPlan
{
    /// <summary>Values of <c>--guest</c>.</summary>
    public IReadOnlyList<string> Guests { get; init; } = ["debian-13", "debian-12"];

    /// <summary>Values of <c>--runtime</c>.</summary>
    public IReadOnlyList<string> Runtimes { get; init; } = ["Containerd", "Docker"];

    /// <summary>Values of <c>--isolation</c>.</summary>
    public IReadOnlyList<string> Isolations { get; init; } = ["Process", "HyperV"];

    /// <summary>The branch whose pushes start the jobs.</summary>
    public string Branch { get; init; } = "main";

    /// <summary>How long a host may take; the job has <see cref="CleanUp"/> more, in which it is destroyed and its report kept.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>How long cleaning up may take.</summary>
    public TimeSpan CleanUp { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many days reports are kept.</summary>
    public int ReportDays { get; init; } = 14;

    /// <summary>The hosted Linux machine that jobs run on, as GitHub and Azure Pipelines call it.</summary>
    public string Machine { get; init; } = "ubuntu-24.04";

    /// <summary>The image that jobs of GitLab run in; it has the .NET SDK.</summary>
    public string Image { get; init; } = "mcr.microsoft.com/dotnet/sdk:10.0";

    /// <summary>Tags of the runners that GitLab gives the jobs to; those that may start virtual machines.</summary>
    public IReadOnlyList<string> RunnerTags { get; init; } = ["kvm"];
}
