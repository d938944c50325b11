using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts.Provisioning;

/// <summary>What a script tells: each line goes to the log and to a file of its own, and the last are kept for an error.</summary>
internal sealed class ScriptLog : IDisposable
{
    private const int LastLines = 15;
    private const int LargestFile = 64 << 20;

    private readonly ILogger _log;
    private readonly string _script;
    private readonly StreamWriter _file;
    private readonly Queue<string> _last = new();
    private long _room = LargestFile;

    public ScriptLog(ILogger log, string script, string path)
    {
        (_log, _script, Path) = (log, script, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        // Anew, and not through a link that somebody has put there.
        File.Delete(path);
        _file = new StreamWriter(new FileStream(path, FileMode.CreateNew)) { AutoFlush = true };
    }

    /// <summary>Where the files of a host's scripts lie.</summary>
    public static string FolderOf(LocalFolders folders, HostName host) =>
        System.IO.Path.Combine(folders.ReportsDirectory, host.Value, "provision");

    public string Path { get; }

    public string Last => string.Join('\n', _last);

    public void Tell(string line)
    {
        var clean = SafeText.Clean(line);
        _log.Information("{Script:l}: {Line:l}", _script, clean);
        _last.Enqueue(clean);
        if (_last.Count > LastLines)
            _last.Dequeue();
        if (_room < 0)
            return;
        _room -= clean.Length + 1;
        _file.WriteLine(_room < 0 ? "[what comes after 64 MiB is not kept]" : clean);
    }

    public void Dispose() => _file.Dispose();
}
