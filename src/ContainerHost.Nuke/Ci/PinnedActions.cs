namespace ContainerHost.Targets.Ci;

/// <summary>The actions of GitHub's own that workflows use, by the commit of a release: a tag can be moved to another.</summary>
internal static class PinnedActions
{
    private static readonly (string Action, string Commit, string Release)[] All =
    [
        ("actions/checkout", "08c6903cd8c0fde910a37f88322edcfb5dd907a8", "v5.0.0"),
        ("actions/setup-dotnet", "d4c94342e560b34958eacfc5d055d21461ed1c5d", "v5.0.0"),
        ("actions/cache", "0400d5f644dc74513175e3cd8d07132dd4860809", "v4.2.4"),
        ("actions/upload-artifact", "ea165f8d65b6e75b540449e92b4886f43607fa02", "v4.6.2"),
    ];

    /// <summary>Every 'uses' with the comment behind it.</summary>
    public static IEnumerable<(string Uses, string Release)> Uses =>
        All.Select(pin => ($"{pin.Action}@{pin.Commit}", pin.Release));

    /// <summary>A step that uses an action.</summary>
    public static YamlMap Step(string action, YamlMap with, string? name = null, string? condition = null)
    {
        var (_, commit, release) = All.Single(pin => pin.Action == action);
        var step = new YamlMap();
        if (name is not null)
            step.Add("name", name);
        if (condition is not null)
            step.Add("if", condition);
        step.Add("uses", $"{action}@{commit}", behind: release);
        step.Add("with", with);
        return step;
    }
}
