using ContainerHost.Waiting;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>A namespace through Microsoft.Management.Infrastructure. The session is opened by the first call; the library's calls block, so they run on other threads.</summary>
internal sealed class MiNamespace(CimTarget target, string name, TimeProvider time, Func<CimSession>? open = null)
    : ICimNamespace,
        IDisposable
{
    private const string Dialect = "WQL";

    private readonly string _space = name.Replace('\\', '/');
    private Lazy<CimSession> _session = Begin(target, open);

    public string Host => target.Title;

    public Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<CimObject>>(
            $"query {query.ClassName}",
            (session, options) => ReadAll(session.QueryInstances(_space, Dialect, query.ToString(), options)),
            cancellationToken
        );

    public Task<CimObject> GetAsync(CimPath path, CancellationToken cancellationToken) =>
        RunAsync(
            $"read the {path.ClassName}",
            (session, options) =>
            {
                using var key = MiInstances.Name(path);
                using var instance = session.GetInstance(_space, key, options);
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
                using var key = MiInstances.Name(source);
                return ReadAll(
                    session.EnumerateAssociatedInstances(_space, key, association, resultClass, null, null, options)
                );
            },
            cancellationToken
        );

    public Task<CimMethodResult> InvokeAsync(CimCall call, CancellationToken cancellationToken) =>
        RunAsync(
            call.Attempted,
            (session, options) =>
            {
                using var key = MiInstances.Name(call.Target);
                using var arguments = new CimMethodParametersCollection();
                foreach (var argument in call.Arguments)
                    arguments.Add(MiValues.Write(argument));
                using var result = session.InvokeMethod(_space, key, call.Method, arguments, options);
                return new CimMethodResult(
                    CodeOf(result.ReturnValue?.Value, call),
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

    private static Lazy<CimSession> Begin(CimTarget target, Func<CimSession>? open) =>
        new(open ?? (() => MiConnector.Open(target)));

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

    /// <summary>What a method returned: a number of whatever width, or text where the library got no types.</summary>
    internal static uint CodeOf(object? value, CimCall call)
    {
        try
        {
            return Convert.ToUInt32(
                value ?? throw new FormatException("nothing"),
                System.Globalization.CultureInfo.InvariantCulture
            );
        }
        catch (Exception unread) when (unread is FormatException or InvalidCastException or OverflowException)
        {
            throw new CimCallException(
                CimFailure.Failed,
                0,
                call.Attempted,
                $"{call.Method} returned '{value}' instead of a number",
                call.Try
            );
        }
    }

    private async Task<T> RunAsync<T>(
        string attempted,
        Func<CimSession, CimOperationOptions, T> work,
        CancellationToken cancellationToken
    )
    {
        var call = Task.Run(() => Run(attempted, work, cancellationToken), cancellationToken);
        try
        {
            return await call.WaitAsync(TimeLimits.HyperVSilence, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What it has begun shall be there when it is looked for.
            await Task.WhenAny(call, Task.Delay(TimeLimits.HyperVCancellation, time, CancellationToken.None));
            throw;
        }
        catch (TimeoutException late)
        {
            const uint operationTimedOut = 0x80338029;
            throw MiErrors.Make(0, operationTimedOut, "it does not answer", attempted, target, late);
        }
    }

    private T Run<T>(
        string attempted,
        Func<CimSession, CimOperationOptions, T> work,
        CancellationToken cancellationToken
    )
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
            var failure = MiErrors.From(exception, attempted, target);
            // A session may be of no use after its host was away (ERROR_WSMAN_CLIENT_SESSION_UNUSABLE).
            if (failure.Failure == CimFailure.Unreachable)
                _session = Begin(target, open);
            throw failure;
        }
    }
}
