namespace ContainerHost.Specification;

/// <summary>Whose signatures secure boot accepts on a machine; Microsoft's second is for others, such as the shim of Linux distributions.</summary>
internal enum SecureBootTemplate
{
    MicrosoftWindows,
    MicrosoftUefiCertificateAuthority,
}
