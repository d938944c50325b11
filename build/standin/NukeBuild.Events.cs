namespace Nuke.Common;

public abstract partial class NukeBuild
{
    /// <summary>Called when the build object and its targets exist.</summary>
    protected internal virtual void OnBuildCreated() { }

    /// <summary>Called when parameters are bound and the plan is made.</summary>
    protected internal virtual void OnBuildInitialized() { }

    /// <summary>Called at the end, however it comes.</summary>
    protected internal virtual void OnBuildFinished() { }

    /// <summary>Called when a target is skipped.</summary>
    protected internal virtual void OnTargetSkipped(string target) { }

    /// <summary>Called when a target starts.</summary>
    protected internal virtual void OnTargetRunning(string target) { }

    /// <summary>Called when a target has succeeded.</summary>
    protected internal virtual void OnTargetSucceeded(string target) { }

    /// <summary>Called when a target has failed.</summary>
    protected internal virtual void OnTargetFailed(string target) { }
}
