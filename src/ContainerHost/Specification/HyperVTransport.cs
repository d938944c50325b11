namespace ContainerHost.Specification;

/// <summary>How a remote Hyper-V host is reached.</summary>
internal enum HyperVTransport
{
    /// <summary>WS-Management over TLS, TCP 5986.</summary>
    Https,

    /// <summary>WS-Management over HTTP, TCP 5985, its messages encrypted by what Kerberos or Negotiate agreed on.</summary>
    Http,

    /// <summary>DCOM with packet privacy, for hosts without WinRM.</summary>
    Dcom,
}
