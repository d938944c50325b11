using System.Text;
using ContainerHost.Files;
using ContainerHost.Media;
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

    /// <summary>True when <c>ssh NAME</c> finds the host.</summary>
    public bool Has(HostName name) => File.Exists(Of(name)) && _config.Includes(Gathered);

    /// <summary>Writes a host's entry, and has the user's configuration include it.</summary>
    public async Task WriteAsync(SshEntry entry, CancellationToken cancellationToken)
    {
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
        catch (Errors.ContainerHostException refused)
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
