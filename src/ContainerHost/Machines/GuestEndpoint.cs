namespace ContainerHost.Machines;

/// <summary>Where the guest's SSH server is reached from this machine: an address and a TCP port.</summary>
internal sealed record GuestEndpoint(string Address, int Port)
{
    public override string ToString() => $"{Address}:{Port}";
}
