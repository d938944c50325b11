namespace ContainerHost.Specification;

/// <summary>How the user is authenticated to a remote Hyper-V host.</summary>
internal enum HyperVAuthentication
{
    /// <summary>Kerberos inside a domain, else NTLM.</summary>
    Negotiate,
    Kerberos,

    /// <summary>Name and password as they are; over HTTPS only.</summary>
    Basic,
}
