using System.Runtime.CompilerServices;
using ContainerHost.Proving;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>What the targets that prove images do.</summary>
internal sealed class ProvingTargets(IProveImages build, BuildRun run)
{
    private static readonly ConditionalWeakTable<IProveImages, Proof> Proofs = [];

    public Task ReadImagesAsync() =>
        run.ExecuteAsync(async token =>
        {
            var proof = await ReadAsync(token);
            Log.Information("{Count} images can be proved", proof.Count);
        });

    public Task ProveAsync() =>
        run.ExecuteAsync(async token =>
        {
            // Read already, unless that target was skipped.
            var proof = Proofs.TryGetValue(build, out var read) ? read : await ReadAsync(token);
            var provisioner = await run.ProvisionerAsync(build.Recreate, token);
            var report = await build.TellAsync(nameof(build.Prove), await provisioner.ProveAsync(proof, token), token);
            Log.Information("{Count} images passed on '{Host}'", proof.Count, report.Host);
        });

    private async Task<Proof> ReadAsync(CancellationToken cancellationToken)
    {
        var proof = await run.Hosts.ReadImagesAsync(
            build.ProofRequest,
            build.Request,
            build.Recreate,
            cancellationToken
        );
        Proofs.AddOrUpdate(build, proof);
        return proof;
    }
}
