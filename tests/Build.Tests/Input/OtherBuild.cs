using Nuke.Common;

namespace Build.Tests.Input;

/// <summary>Another repository's build: our components beside one of its own, whose parameter has the name of one of ours.</summary>
internal sealed class OtherBuild : NukeBuild, IProvisionHost, IManageHosts, OtherBuild.IPublish
{
    public interface IPublish : INukeBuild
    {
        [Parameter("What is published")]
        string? Command => TryGetValue(() => Command);

        [Parameter]
        string[]? Feed => TryGetValue(() => Feed);

        [Parameter, Secret]
        string? ApiKey => TryGetValue(() => ApiKey);

        Target Publish => _ => _;
    }

    // Its own --command is no command for the target Shell.
    string? IManageHosts.Command => null;
}
