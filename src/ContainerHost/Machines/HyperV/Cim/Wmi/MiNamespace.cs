using ContainerHost.Waiting;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>A namespace through Microsoft.Management.Infrastructure. The session is opened by the first call; the library's calls block, so they run on other threads.</summary>
internal sealed class MiNamespace(CimTarget target, string space) : ICimNamespace, IDisposable
{
    private const string Dialect = "WQL";

    private readonly Lazy<CimSession> _session = new(() => MiConnector.Open(target));

    public string Host => target.Title;

    public Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<CimObject>>(
            $"query {query.ClassName}",
            (session, options) => ReadAll(session.QueryInstances(space, Dialect, query.ToString(), options)),
            cancellationToken
        );

    public Task<CimObject> GetAsync(CimPath path, CancellationToken cancellationToken) =>
        RunAsync(
            $"read the {path.ClassName}",
            (session, options) =>
            {
                using var name = MiInstances.Name(path);
                using var instance = session.GetInstance(space, name, options);
                return MiInstances.Read(instance);
            },
            cancellationToken
        );

    public Task<IReadOnlyList<CimObject>> AssociatorsAsync(
        CimPath source,
        string association,
        string resultClass,
        CancellationToken cancellationToken
    ) =>
        RunAsync<IReadOnlyList<CimObject>>(
            $"find the {resultClass} of the {source.ClassName}",
            (session, options) =>
            {
                using var name = MiInstances.Name(source);
                return ReadAll(
                    session.EnumerateAssociatedInstances(space, name, association, resultClass, null, null, options)
                );
            },
            cancellationToken
        );

    public Task<CimMethodResult> InvokeAsync(CimCall call, CancellationToken cancellationToken) =>
        RunAsync(
            call.Attempted,
            (session, options) =>
            {
                using var name = MiInstances.Name(call.Target);
                using var arguments = new CimMethodParametersCollection();
                foreach (var argument in call.Arguments)
                    arguments.Add(MiValues.Write(argument));
                using var result = session.InvokeMethod(space, name, call.Method, arguments, options);
                return new CimMethodResult(
                    (uint)result.ReturnValue.Value,
                    MiInstances.Read(call.Method, result.OutParameters)
                );
            },
            cancellationToken
        );

    public void Dispose()
    {
        if (_session.IsValueCreated)
            _session.Value.Dispose();
    }

    private static List<CimObject> ReadAll(IEnumerable<CimInstance> instances)
    {
        var found = new List<CimObject>();
        foreach (var instance in instances)
        {
            using (instance)
                found.Add(MiInstances.Read(instance));
        }
        return found;
    }

    private Task<T> RunAsync<T>(
        string attempted,
        Func<CimSession, CimOperationOptions, T> work,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () =>
            {
                try
                {
                    var session = _session.Value;
                    using var options = new CimOperationOptions
                    {
                        Timeout = TimeLimits.HyperVCall,
                        CancellationToken = cancellationToken,
                    };
                    return work(session, options);
                }
                catch (CimException exception)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    throw MiErrors.From(exception, attempted, target);
                }
            },
            cancellationToken
        );
}
