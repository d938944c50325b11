namespace ContainerHost.Guests;

/// <summary>The one SSH host key that is accepted, as <c>ssh-ed25519 AAAA...</c>.</summary>
internal sealed class HostKeyPin(string publicKey)
{
    private readonly byte[] _blob = Convert.FromBase64String(publicKey.Split(' ')[1]);

    /// <summary>True once another key was offered.</summary>
    public bool Refused { get; private set; }

    public bool Accepts(ReadOnlySpan<byte> offered)
    {
        var same = offered.SequenceEqual(_blob);
        Refused |= !same;
        return same;
    }
}
