using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>Decides where a guest's OpenSSH server comes from.</summary>
internal static class OpenSshChoice
{
    // Microsoft's "OpenSSH for Windows": installed by default from Windows Server 2025 on, a capability from 2019 on.
    /// <summary>What was asked for; else by the build, and for a build that is not known, or a guest that may have no network, what needs nobody's help.</summary>
    public static OpenSshSource For(OpenSshSource wanted, int? build, bool hasNetwork = true) =>
        wanted != OpenSshSource.Auto ? wanted
        : build >= WindowsBuilds.Server2025 ? OpenSshSource.Inbox
        : build >= WindowsBuilds.Server2019 && hasNetwork ? OpenSshSource.Capability
        : OpenSshSource.Release;
}
