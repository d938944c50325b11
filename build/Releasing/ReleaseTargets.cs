using ContainerHost.Errors;
using Serilog;

namespace Releasing;

/// <summary>What the targets that make a release do.</summary>
internal sealed class ReleaseTargets(IRelease build)
{
    private readonly GitRepository _git = new(build.RootDirectory);

    private AbsolutePath Packages => build.RootDirectory / "artifacts" / "packages";

    public Task CheckAsync() =>
        build.WithHostsAsync(
            async (_, token) =>
            {
                // What Publish would refuse is refused before Pack takes its minutes.
                if (build.InvokedTargets.Contains(build.Publish))
                    PublishSettings.Read(build, await _git.RemoteAsync(token));
                PackageProject.Without(build.LeaveOut);
                var version = ReleasedVersion.Of(build.RootDirectory);
                var problems = await new ReleaseChecks(_git, build.RootDirectory).FindAsync(version, token);
                if (problems.Count > 0)
                    throw new ReleaseException(
                        $"release {version}",
                        string.Join('\n', problems.Select(problem => $"- {problem}")),
                        "mend each of these; docs/releasing.md has the order.",
                        ExitCodes.VerificationFailed
                    );
                Log.Information("{Version} can be released", version);
            }
        );

    public Task PackAsync() =>
        build.WithHostsAsync(
            async (_, token) =>
            {
                var projects = PackageProject.Without(build.LeaveOut);
                var packing = new Packing(build.RootDirectory, Packages, _git);
                foreach (var project in await packing.RunAsync(projects, token))
                    Log.Warning(
                        "{Package} is left out: no package source that this machine asks has {Engine} {Version}",
                        project.Name,
                        project.EnginePackage,
                        packing.VersionOf(project)
                    );
            }
        );

    public Task PublishAsync() =>
        build.WithHostsAsync(
            async (_, token) =>
            {
                var settings = PublishSettings.Read(build, await _git.RemoteAsync(token));
                var version = ReleasedVersion.Of(build.RootDirectory);
                var files = ReleaseFiles.Gather(build.RootDirectory, PackageProject.Without(build.LeaveOut), version);
                var release = new WantedRelease(
                    ReleasedVersion.TagOf(version),
                    await _git.CommitAsync(token),
                    ChangeLog.Read(build.RootDirectory / "CHANGELOG.md").Notes,
                    version.IsPrerelease,
                    files
                );
                await new Publishing(settings, release).RunAsync(token);
            }
        );
}
