using System.Diagnostics;

namespace ContainerHost.Tests.Sweeps;

/// <summary>Hears of the files that are written whole below a folder, before they get their names and after.</summary>
internal sealed class FileWrites(string folder, Action<int, string, string> hear)
    : IObserver<DiagnosticListener>,
        IObserver<KeyValuePair<string, object?>>,
        IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private int _count;

    public FileWrites Listen()
    {
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        return this;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "ContainerHost.AtomicFile")
            _subscriptions.Add(value.Subscribe(this));
    }

    // Other tests of this process write files too.
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is string path && path.StartsWith(folder, StringComparison.Ordinal))
            hear(++_count, value.Key, path);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }
}
