namespace ContainerHost.Targets.Hosting;

/// <summary>What the target that runs a container does.</summary>
internal sealed class ContainerTargets(IRunContainers build, BuildRun run)
{
    public Task RunAsync() =>
        run.ExecuteAsync(async token =>
        {
            var provisioner = await run.ProvisionerAsync(recreate: false, token);
            var result = await provisioner.RunContainerAsync(build.Image, build.Command, token);
            Results.Hand(build, nameof(build.RunContainer), result);
        });
}
