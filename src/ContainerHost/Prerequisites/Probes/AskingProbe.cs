using ContainerHost.Errors;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Asks something that may fail with an error of ours, which then is what was found, with its own fix.</summary>
internal sealed class AskingProbe(Func<CancellationToken, Task<Finding>> ask) : IProbe
{
    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (ContainerHostException failure)
        {
            return new Finding(false, failure.Saw) { Fix = failure.Try };
        }
    }
}
