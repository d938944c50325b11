namespace ContainerHost.Guests;

/// <summary>A port of a guest's loopback that leads to one of this machine's, or the other way, until it is disposed.</summary>
internal sealed class GuestPort(int number, Action close) : IDisposable
{
    public int Number => number;

    public void Dispose() => close();
}
