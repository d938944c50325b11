using ContainerHost.Targets.Input;

namespace ContainerHost.Targets.Completion;

/// <summary>What there is to complete: the build's targets and parameters, as its help has them, and where its hosts are.</summary>
internal sealed record CompletionWords(
    string Root,
    string HostsDirectory,
    IReadOnlyList<string> Targets,
    IReadOnlyList<CompletedParameter> Parameters
)
{
    public static CompletionWords Of(INukeBuild build, string hostsDirectory)
    {
        var targets = Call.TargetsOf(build.GetType()).Order(StringComparer.Ordinal).ToList();
        return new CompletionWords(
            build.RootDirectory,
            hostsDirectory,
            targets,
            [
                .. BuildParameter
                    .Of(build.GetType())
                    .Where(parameter => parameter.IsListed)
                    .Select(parameter => new CompletedParameter(
                        parameter.Dashed,
                        parameter.Description,
                        parameter.IsSwitch,
                        parameter.IsEngines && parameter.Name is "Target" or "Skip" ? targets : parameter.Choices(build)
                    ))
                    .OrderBy(parameter => parameter.Dashed, StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>Those with values to choose from, by these.</summary>
    public IEnumerable<CompletedParameter> WithValues => Parameters.Where(parameter => parameter.Values.Count > 0);

    /// <summary>Those after which a path may stand, or any other text.</summary>
    public IEnumerable<CompletedParameter> WithText =>
        Parameters.Where(parameter => parameter is { IsSwitch: false, Values.Count: 0, IsHost: false });
}
