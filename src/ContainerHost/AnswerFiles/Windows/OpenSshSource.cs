namespace ContainerHost.AnswerFiles.Windows;

/// <summary>Where a Windows guest's OpenSSH server comes from.</summary>
public enum OpenSshSource
{
    /// <summary>It is installed already and only off: Windows Server 2025 and later.</summary>
    Inbox,

    /// <summary>A capability, which Windows fetches from Windows Update: 2019 and 2022.</summary>
    Capability,

    /// <summary>Win32-OpenSSH's release, on the answer medium, so that the guest needs no network: 2016, and by choice.</summary>
    Release,
}
