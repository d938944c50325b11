namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>A namespace that writes down what it is asked and what it answers.</summary>
internal sealed class RecordingNamespace(ICimNamespace inner, CimRecord record) : ICimNamespace
{
    public string Host => inner.Host;

    public Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken) =>
        NoteAsync($"{query}", () => inner.QueryAsync(query, cancellationToken), record.Add);

    public Task<CimObject> GetAsync(CimPath path, CancellationToken cancellationToken) =>
        NoteAsync(Get(path), () => inner.GetAsync(path, cancellationToken), (call, found) => record.Add(call, [found]));

    public Task<IReadOnlyList<CimObject>> AssociatorsAsync(
        CimPath source,
        string association,
        string resultClass,
        CancellationToken cancellationToken
    ) =>
        NoteAsync(
            Associators(source, association, resultClass),
            () => inner.AssociatorsAsync(source, association, resultClass, cancellationToken),
            record.Add
        );

    public Task<CimMethodResult> InvokeAsync(CimCall call, CancellationToken cancellationToken) =>
        NoteAsync(Invoke(call), () => inner.InvokeAsync(call, cancellationToken), record.Add);

    // As texts, which a replay looks its answers up by.
    public static string Get(CimPath path) => $"GET {Plain(path)}";

    public static string Associators(CimPath source, string association, string resultClass) =>
        $"ASSOCIATORS OF {Plain(source)} BY {association} TO {resultClass}";

    public static string Invoke(CimCall call) => $"INVOKE {Plain(call.Target)} {call.Method}";

    // Whatever the server is called.
    private static CimPath Plain(CimPath path) => path with { Server = null, Namespace = null };

    private async Task<T> NoteAsync<T>(string call, Func<Task<T>> ask, Action<string, T> note)
    {
        try
        {
            var answer = await ask();
            note(call, answer);
            return answer;
        }
        catch (CimCallException failure)
        {
            record.Add(call, failure);
            throw;
        }
    }
}
