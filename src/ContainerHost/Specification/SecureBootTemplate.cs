namespace ContainerHost.Specification;

/// <summary>Whose signatures secure boot accepts on a machine.</summary>
internal enum SecureBootTemplate
{
    /// <summary>Microsoft's for Windows.</summary>
    MicrosoftWindows,

    /// <summary>Microsoft's for others, such as the shim of Linux distributions.</summary>
    MicrosoftUefiCertificateAuthority,
}
