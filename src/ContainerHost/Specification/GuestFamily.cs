namespace ContainerHost.Specification;

/// <summary>The family of a guest's operating system.</summary>
public enum GuestFamily
{
    /// <summary>Debian and what is set up like it (cloud-init, apt, systemd).</summary>
    Debian,

    /// <summary>Windows Server.</summary>
    WindowsServer,
}
