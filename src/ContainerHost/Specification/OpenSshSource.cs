namespace ContainerHost.Specification;

/// <summary>Where a Windows guest's OpenSSH server comes from, as <c>--openssh</c> takes it.</summary>
internal enum OpenSshSource
{
    /// <summary>By the guest's build: installed already on 2025, a capability on 2019 and 2022, a release on 2016.</summary>
    Auto,

    /// <summary>It is installed already and only off.</summary>
    Inbox,

    /// <summary>A capability, which Windows fetches from Windows Update.</summary>
    Capability,

    /// <summary>Win32-OpenSSH's release on the answer medium, so that the guest needs no network.</summary>
    Release,
}
