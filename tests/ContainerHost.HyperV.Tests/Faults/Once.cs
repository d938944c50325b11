namespace ContainerHost.HyperV.Tests.Faults;

/// <summary>What happens at the first call that is the chosen one, and never again.</summary>
internal sealed class Once<TCall>(Func<TCall, bool> chosen)
{
    public bool Happened { get; private set; }

    public bool IsAt(TCall call) => !Happened && (Happened = chosen(call));
}
