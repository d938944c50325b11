using System.Globalization;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Reach;

/// <summary>
/// The entries of hosts in the user's configuration of OpenSSH: one file for each, beside its folder, and all of them gathered in one that the configuration
/// includes by its name, since not all that read such files know patterns (microsoft/vscode-remote-release, issue 9668).
/// </summary>
internal sealed class SshEntries(HostServices services)
{
    private const string FileName = "ssh_config";

    private readonly UserSshConfig _config = new(services.Home);
    private readonly Poll _poll = new(services.Time) { Interval = TimeSpan.FromMilliseconds(50) };

    /// <summary>The gathered file.</summary>
    public string Gathered => Path.Combine(services.Store.HostsDirectory, FileName);

    /// <summary>True when <c>ssh NAME</c> finds the host, and not another that has its name elsewhere in the configuration.</summary>
    public async Task<bool> FindsAsync(SshEntry entry, CancellationToken cancellationToken) =>
        File.Exists(Of(entry.Name))
        && _config.Includes(Gathered)
        && await AskAsync(entry.Name, cancellationToken) == (entry.Address, entry.Port);

    /// <summary>Writes a host's entry, and has the user's configuration include it, before all else; whom that name led to so far is told.</summary>
    public async Task WriteAsync(SshEntry entry, CancellationToken cancellationToken)
    {
        var (address, port) = await AskAsync(entry.Name, cancellationToken);
        if (address != entry.Name.Value && !File.Exists(Of(entry.Name)))
            services.Log.Warning(
                "'ssh {Host}' led to {Address}, port {Port}, so far, by your own configuration or that of another clone; now it leads to this host",
                entry.Name,
                address,
                port
            );
        using var held = await HoldAsync(cancellationToken);
        // A file that is not there yet is passed over.
        await _config.IncludeAsync(Gathered, cancellationToken);
        await PutAsync(entry, cancellationToken);
    }

    /// <summary>Corrects an entry that was written, where another port or address leads to the guest by now; what cannot be written is told.</summary>
    public async Task RefreshAsync(SshEntry entry, CancellationToken cancellationToken)
    {
        var file = Of(entry.Name);
        if (!File.Exists(file))
            return;
        try
        {
            if (await File.ReadAllTextAsync(file, cancellationToken) == entry.Text)
                return;
            using var held = await HoldAsync(cancellationToken);
            await PutAsync(entry, cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            services.Log.Warning("'ssh {Host}' may lead nowhere: {Problem}", entry.Name, refused.Message);
        }
    }

    /// <summary>Takes a host's entry away, and with the last one the line in the user's configuration; false when there was none.</summary>
    public async Task<bool> RemoveAsync(HostName name, CancellationToken cancellationToken)
    {
        if (!File.Exists(Of(name)))
            return false;
        using var held = await HoldAsync(cancellationToken);
        File.Delete(Of(name));
        await GatherAsync(cancellationToken);
        if (!File.Exists(Gathered))
            await ExcludeAsync(cancellationToken);
        return true;
    }

    // What ssh itself makes of the configuration (ssh(1), -G); the name itself where nothing is said of it, or ssh says nothing: a Match may run any program.
    private async Task<(string Address, int Port)> AskAsync(HostName name, CancellationToken cancellationToken)
    {
        string[] words = ["-G", "-F", File.Exists(_config.Path) ? _config.Path : "none", name.Value];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeLimits.SshAttempt);
        CommandResult told;
        try
        {
            told = await services.Processes.RunAsync(new Command("ssh", words), limit.Token);
        }
        catch (Exception silent)
            when (silent is PrerequisitesMissingException
                || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return (name.Value, 0);
        }
        var lines = told
            .StandardOutput.Split('\n')
            .Select(line => line.TrimEnd('\r').Split(' ', 2))
            .Where(line => line.Length == 2)
            .ToLookup(line => line[0], line => line[1]);
        _ = int.TryParse(lines["port"].FirstOrDefault(), CultureInfo.InvariantCulture, out var port);
        return (lines["hostname"].FirstOrDefault() ?? name.Value, port);
    }

    private async Task PutAsync(SshEntry entry, CancellationToken cancellationToken)
    {
        await AtomicFile.WriteTextAsync(Of(entry.Name), entry.Text, cancellationToken, secret: true);
        await GatherAsync(cancellationToken);
    }

    private async Task GatherAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (
            var file in Directory
                .EnumerateFiles(services.Store.HostsDirectory, $".*.{FileName}")
                .Order(StringComparer.Ordinal)
        )
            text.Append(await File.ReadAllTextAsync(file, cancellationToken)).Append('\n');
        if (text.Length > 0)
            await AtomicFile.WriteTextAsync(Gathered, $"{text}", cancellationToken, secret: true);
        else
            File.Delete(Gathered);
    }

    // A host must be removable whatever became of its user's files; a line that includes nothing does no harm.
    private async Task ExcludeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _config.ExcludeAsync(Gathered, cancellationToken);
        }
        catch (ContainerHostException refused)
        {
            services.Log.Warning("The line that includes {File} stays: {Problem}", Gathered, refused.Message);
        }
    }

    private string Of(HostName name) => services.Store.FolderOf(name).SshEntry;

    // One for all folders of hosts, since their user has one configuration.
    private Task<ProcessLock> HoldAsync(CancellationToken cancellationToken) =>
        ProcessLock.WaitAsync(
            new CacheFolder(services.Folders.CacheDirectory).Lock(FileName),
            new Wait(
                "another process has changed the SSH configuration",
                TimeLimits.SshConfiguration,
                "end that process if it hangs."
            ),
            _poll,
            cancellationToken
        );
}
