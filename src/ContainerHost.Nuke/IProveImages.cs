using ContainerHost.Proving;
using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The target that proves images on a verified host; reusable: <c>class Build : NukeBuild, IProveImages</c>.</summary>
public interface IProveImages : IProvisionHost
{
    [Parameter(
        "Images to prove, with commas between: references, or archives (OCI or docker) by path or URL#sha256=DIGEST; for RunContainer one that the host has"
    )]
    string? Image => TryGetValue(() => Image);

    [Parameter("Command line to run in a container of each image - default is the image's own")]
    string? Run => TryGetValue(() => Run);

    [Parameter("What it must print on standard output, whole and exactly - default is anything")]
    string? ExpectOutput => TryGetValue(() => ExpectOutput);

    [Parameter("Exit code that it must end with - default is 0")]
    string? ExpectExitCode => TryGetValue(() => ExpectExitCode);

    [Parameter("Address in the container that must answer with a status from 200 to 299, as http://:8080/health")]
    string? Probe => TryGetValue(() => Probe);

    [Parameter("How long that may take, up to 3m - default is 1m")]
    string? ProbeTimeout => TryGetValue(() => ProbeTimeout);

    [Parameter("Proves on a fresh host: the same as --recreate")]
    bool HostFresh => TryGetValue<bool?>(() => HostFresh) ?? false;

    /// <summary>The folder that reports on images go to, one folder a host in it.</summary>
    AbsolutePath ProofsDirectory => RootDirectory / "artifacts" / "prove";

    /// <summary>What was typed about the images.</summary>
    ProofRequest ProofRequest =>
        new()
        {
            Images = Image,
            Run = Run,
            ExpectOutput = ExpectOutput,
            ExpectExitCode = ExpectExitCode,
            Probe = Probe,
            ProbeTimeout = ProbeTimeout,
            ReportsDirectory = ProofsDirectory,
        };

    bool IProvisionHost.Recreate => (TryGetValue<bool?>(() => Recreate) ?? false) || HostFresh;

    Target ReadImages =>
        _ =>
            _.Of(this, "Reads the archives of --image whole, before any host is touched")
                .Before(CheckPrereqs)
                .Executes(() => this.Proving().ReadImagesAsync());

    Target Prove =>
        _ =>
            _.Of(this, "Runs images on the verified host under each isolation, and writes the report")
                .DependsOn(ReadImages, Verify)
                .Produces(ProofsDirectory / "*" / "prove.*")
                .Executes(() => this.Proving().ProveAsync());
}
