namespace ContainerHost.Prerequisites.Probes;

/// <summary>Looks whether a requirement is met, and leaves nothing behind.</summary>
internal interface IProbe
{
    Task<Finding> LookAsync(CancellationToken cancellationToken);
}
