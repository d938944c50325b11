namespace ContainerHost.Tests.Sweeps;

/// <summary>The ways by which a run reaches the world.</summary>
public enum Port
{
    Process,
    Connect,
    Guest,
    Upload,
    Media,
    Http,
    Release,
}
