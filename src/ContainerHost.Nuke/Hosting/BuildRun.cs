using System.Runtime.InteropServices;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Networks;
using ContainerHost.Specification;
using ContainerHost.Targets.Display;
using ContainerHost.Targets.Input;
using Serilog;
using Spectre.Console.Rendering;

namespace ContainerHost.Targets.Hosting;

/// <summary>One run of the build: its services, the host being provisioned, its end by Ctrl-C or time limit, and the exit code of what fails.</summary>
#pragma warning disable CA1001 // It lives as long as the process, and so do its cancellation sources.
internal sealed class BuildRun
#pragma warning restore CA1001
{
    private readonly IDescribeHosts _build;
    private readonly CancellationTokenSource _cancelled = new();
    private CancellationTokenSource? _timeout;
    private TimeSpan? _limit;
    private Provisioner? _provisioner;
    private LocalHosts? _hosts;
    private HashSet<string> _secrets = [];
    private SecretMask _mask = new([]);
    private HostRequest? _request;
    private Call? _call;
    private bool _isChecked;
    private bool _hasRemovedEnded;
    private bool _isWatching;
    private ProgressDisplay? _display;

    public BuildRun(IDescribeHosts build) => _build = build;

    /// <summary>What is asked of the host, read once: a file may be another by the next target, and a pipe is read no second time.</summary>
    public HostRequest Request => _request ??= TypedRequest.Of(_build, Call.Origins);

    private Call Call =>
        _call ??= new Call(_build.GetType(), _build.RootDirectory, Environment.GetCommandLineArgs()[1..]);

    public LocalHosts Hosts =>
        _hosts ??= new LocalHosts(
            new LocalFolders(
                Absolute(_build.HostsDirectory) ?? _build.RootDirectory / ".hosts",
                Absolute(_build.CacheDirectory) ?? LocalHosts.DefaultCacheDirectory,
                _build.ReportsDirectory
            )
            {
                CacheLimit = CacheSize.Read(_build.CacheSize),
            },
            MaskingSink.Over(Log.Logger, _mask),
            new NetworkAccess
            {
                GitHubAddress = GitHubAddress(),
                // By this name CI servers hand it out.
                GitHubToken = _build.GithubToken ?? Environment.GetEnvironmentVariable("GITHUB_TOKEN"),
                CaFile = Absolute(_build.Request["ca-file"]),
                Offline = _build.Offline,
            },
            _build.HyperVPassword
        );

    /// <summary>Checks all that the build was called with, once, and hides its secrets from then on.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong; the error lists all of it.</exception>
    public void CheckCall()
    {
        if (_isChecked)
            return;
        _isChecked = true;
        PlainVariables.Forget(BuildParameter.Of(_build.GetType()));
        if (Call.FilesAskForJson)
            Results.BeginJson();
        try
        {
            Call.Check();
        }
        catch (InvalidInputException wrong)
        {
            Results.Fail(wrong, _build.ExitCode ??= wrong.ExitCode);
            throw;
        }
        HideSecrets();
    }

    // Those of files and of the build's own members have their values only once the engine has read them.
    private void HideSecrets()
    {
        var secrets = BuildParameter
            .Of(_build.GetType())
            .Where(parameter => parameter.IsSecret)
            .Select(parameter => parameter.Text(_build))
            .OfType<string>()
            .ToHashSet();
        if (secrets.SetEquals(_secrets))
            return;
        _secrets = secrets;
        _mask = new SecretMask(secrets);
        MaskingWriter.PutOverConsole(_mask);
    }

    /// <summary>
    /// Runs a target's work under the run's limits, and turns its failure into the exit code that is documented for it. The first that changes anything also removes
    /// what is past its lifetime, but for the named host, which gets that of --lifetime: unless the target concerns no host that is there, or the lifetime of another thing.
    /// </summary>
    public async Task ExecuteAsync(
        Func<CancellationToken, Task> work,
        bool looksOnly = false,
        bool concernsHost = true,
        bool renewsHost = true
    )
    {
        // The default action would end the process in the midst of things. What runs beside our work is the build's own.
        HideSecrets();
        PosixSignal[] ends = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        var signals = ends.Select(signal => PosixSignalRegistration.Create(signal, Cancel)).ToList();
        try
        {
            await using var display = ProgressDisplay.Start(
                () => _hosts?.Progress,
                MaskingSink.Over(Log.Logger, _mask)
            );
            _display = display;
            await LimitedAsync(async token =>
            {
                if (!looksOnly)
                    await RemoveEndedAsync(concernsHost, renewsHost, token);
                await work(token);
            });
        }
        catch (Exception failure)
        {
            Results.Fail(failure, _build.ExitCode ??= ExitCodes.Unexpected);
            // The engine writes what it is told into its log file.
            if (_mask.Hides($"{failure}") || SafeText.ForLog(failure.Message) != failure.Message)
                throw new InvalidOperationException(SafeText.ForLog(_mask.Apply(failure.Message)));
            throw;
        }
        finally
        {
            signals.ForEach(signal => signal.Dispose());
        }
    }

    /// <summary>The same for work that shows something until Ctrl-C, which is no failure then.</summary>
    public Task WatchAsync(Func<CancellationToken, Task> work) =>
        ExecuteAsync(
            async token =>
            {
                _isWatching = true;
                try
                {
                    await work(token);
                }
                catch (OperationCanceledException) when (_cancelled.IsCancellationRequested) { }
                finally
                {
                    _isWatching = false;
                }
            },
            looksOnly: true
        );

    /// <summary>Has the terminal show lines of its own instead of what runs, and what runs again for null; false where nobody draws.</summary>
    public bool TryShow(Func<Canvas, IReadOnlyList<IReadOnlyList<Segment>>>? view) => _display?.TryShow(view) == true;

    private async Task RemoveEndedAsync(bool concernsHost, bool renewsHost, CancellationToken cancellationToken)
    {
        if (_hasRemovedEnded)
            return;
        _hasRemovedEnded = true;
        if (!concernsHost)
        {
            await Hosts.RemoveEndedAsync(null, null, cancellationToken);
            return;
        }
        // Whoever names a host wants something of it, if only a new lifetime.
        var (typed, lifetime) = (_build.Request["name"], _build.Request["lifetime"]);
        var asked = typed is not null || lifetime is not null;
        var kept = asked && HostName.TryParse(typed ?? HostName.Default.Value, out var name) ? name : null;
        await Hosts.RemoveEndedAsync(kept, renewsHost ? lifetime : null, cancellationToken);
    }

    private async Task LimitedAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancelled.Token, TimeoutToken());
            await work(either.Token);
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            _build.ExitCode = ExitCodes.Cancelled;
            throw new OperationCanceledException(
                "Cancelled; what was half-made is undone, and the target can be run again."
            );
        }
        catch (OperationCanceledException) when (_timeout?.IsCancellationRequested == true)
        {
            _build.ExitCode = ExitCodes.TimedOut;
            throw new DeadlineException(
                "the whole run ends",
                _limit!.Value,
                "it was still at work; what was half-made is undone",
                "give a longer --timeout, or none; what is done already is not done again."
            );
        }
        catch (ContainerHostException failure)
        {
            _build.ExitCode = failure.ExitCode;
            throw;
        }
    }

    /// <summary>The provisioner of the host that was asked for; the first call checks all input and takes the host's lock.</summary>
    public async Task<Provisioner> ProvisionerAsync(bool recreate, CancellationToken cancellationToken) =>
        _provisioner ??= await Hosts.OpenAsync(
            await AskForLicenseAsync(_build.Request, recreate, cancellationToken),
            recreate,
            cancellationToken
        );

    /// <summary>Lets the host's lock go, for a target that takes it itself.</summary>
    public void CloseProvisioner()
    {
        _provisioner?.Dispose();
        _provisioner = null;
    }

    // On a terminal one is asked; a pipeline says --accept-license.
    private async Task<HostRequest> AskForLicenseAsync(
        HostRequest request,
        bool recreate,
        CancellationToken cancellationToken
    )
    {
        if (
            request.TermsToAccept is not { } terms
            || Console.IsInputRedirected
            || (!recreate && HasAccepted(request["name"]))
        )
            return request;
        Console.Error.Write($"{terms}\nDo you accept them? [y/N] ");
        // Reading knows no cancellation: a thread is left to it, which does not keep the process, and the runtime gives the terminal back.
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES" ? request.With("accept-license", "yes") : request;
    }

    private bool HasAccepted(string? name) =>
        HostName.TryParse(name ?? HostName.Default.Value, out var host) && Hosts.HasAcceptedLicense(host);

    private Uri GitHubAddress()
    {
        if (_build.GithubAddress is not { } text)
            return new NetworkAccess().GitHubAddress;
        if (
            Uri.TryCreate(text.TrimEnd('/') + '/', UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
        )
            return address;
        throw new InvalidInputException([
            $"--github-address '{text}' is not valid. Allowed: an address that starts with https://.",
        ]);
    }

    private CancellationToken TimeoutToken()
    {
        // An unreadable limit is told together with all other wrong input, when the request is read.
        if (_timeout is null && TimeLimit.TryParse(_build.Request["timeout"], out var limit))
        {
            _limit = limit;
            _timeout = new CancellationTokenSource(limit);
        }
        return _timeout?.Token ?? CancellationToken.None;
    }

    private void Cancel(PosixSignalContext signal)
    {
        signal.Cancel = true;
        // A second Ctrl-C is meant.
        if (_cancelled.IsCancellationRequested)
            Environment.Exit(ExitCodes.Cancelled);
        if (!_isWatching)
            Log.Warning("Stopping; press Ctrl-C again to end at once");
        _cancelled.Cancel();
    }

    private static string? Absolute(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path);
}
