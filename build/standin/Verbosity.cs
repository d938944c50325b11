namespace Nuke.Common;

/// <summary>How much the build tells on its console.</summary>
public enum Verbosity
{
    /// <summary>Everything, stack traces included.</summary>
    Verbose,

    /// <summary>What each target does.</summary>
    Normal,

    /// <summary>Warnings, errors and the summary.</summary>
    Minimal,

    /// <summary>Errors only.</summary>
    Quiet,
}
