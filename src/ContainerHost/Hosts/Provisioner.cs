using ContainerHost.AnswerFiles;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Ports;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Proving;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Hosts;

/// <summary>
/// Takes one host from nothing to verified, a method a step, in the steps' order. Holds the host's lock until disposed. Every step may be
/// repeated: what is up to date is skipped, what was cut off goes on.
/// </summary>
public sealed class Provisioner : IDisposable
{
    private readonly StepContext _context;
    private BootMedia? _media;

    private Provisioner(StepContext context) => _context = context;

    private HostServices Services => _context.Services;
    internal HostSpec Spec => _context.Spec;

    /// <summary>
    /// Checks the whole request, over what the host has where it is already there, and takes the host's lock; with
    /// <paramref name="recreate"/> an existing host is forgotten first, once its request is known to be good.
    /// </summary>
    /// <exception cref="InvalidInputException">Anything is wrong; every problem at once, nothing touched.</exception>
    /// <exception cref="HostBusyException">Another process works on the host.</exception>
    internal static async Task<Provisioner> OpenAsync(
        HostServices services,
        HostRequest request,
        bool recreate,
        CancellationToken cancellationToken,
        HostName? lab = null
    )
    {
        var existing = services.SpecOf(request, recreate);
        var (spec, answers, scripts) = await ReadAsync(services, request, existing, cancellationToken);
        var data = new DataDisks(services);
        spec = await data.KeptInAsync(request, spec, recreate, cancellationToken);
        new PrivateNetworkHosts(services).RequireRoom(spec);
        if (request["forward"] is not null)
            await new HostForwards(services).RequireFreeAsync(spec, cancellationToken);
        if (request["mount"] is not null)
            new HostMounts(services).RequirePossible(spec);
        var isClone = existing is not null && services.Store.Load(spec.Name)?.ClonedFrom is not null;
        var has = CheckList
            .For(spec, GuestKind.Of(spec.Guest).Checks, TimeSpan.Zero, isClone)
            .Select(check => check.Id);
        var checks = ReadChecks(request, [.. has], isClone);
        OwnFolder.RequireTrusted(services.Store.HostsDirectory, "--hosts-directory");
        OwnFolder.RequireTrusted(services.Folders.CacheDirectory, "--cache-directory");
        var folder = services.Store.FolderOf(spec.Name);
        var lockFile = request["lock-file"] ?? LockFile.Of(folder);
        var locked = request["locked"] is null ? null : await LockFile.ReadAsync(lockFile, cancellationToken);
        if (locked?.IsOfClone == true)
            throw new InvalidInputException([
                $"--locked cannot make the host of {lockFile}: it was cloned, and only Clone makes it again.",
            ]);
        var session = new HostSession(services.Store, spec.Name, services.Time, services.Log, readState: !recreate);
        try
        {
            // Removed with its host it would be gone for the next run, should this one fail.
            if (recreate && locked is not null && lockFile == folder.LockFile)
                File.Copy(lockFile, folder.KeptLockFile, overwrite: true);
            if (recreate)
            {
                var keeps = request["keep-data"] is not null;
                await data.TakeOutAsync(folder, keeps, cancellationToken);
                await new HostRemover(services).RemoveAsync(session, cancellationToken, keepsData: keeps);
            }
            var had = session.State?.ExpiresAt;
            var ends = Lifetime.EndOf(request, had, services.Time.GetUtcNow());
            if (session.State is { } state && ends != had)
                await session.SaveAsync(state with { ExpiresAt = ends }, cancellationToken);
            var password = request["password"];
            return new Provisioner(
                new StepContext(services, session, existing, spec, answers, password, locked)
                {
                    Checks = checks,
                    Scripts = scripts,
                    ProvisionsAsUser = request.ProvisionsAsUser,
                    Lab = lab,
                    ExpiresAt = ends,
                    ProductKey = request["product-key"]?.ToUpperInvariant(),
                }
            );
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Checks what this machine has, and with <paramref name="install"/> installs what is missing and checks again.</summary>
    /// <exception cref="PrerequisitesMissingException">Something is missing still.</exception>
    public async Task<PrerequisiteReport> CheckPrereqsAsync(bool install, CancellationToken cancellationToken)
    {
        var started = Services.Time.GetUtcNow();
        var watch = Services.Time.GetTimestamp();
        var checker = new PrerequisiteChecker(Services.Processes, _context.Hypervisor);
        var isMade = await IsMadeAsync(cancellationToken);
        var report = await CheckAsync();
        if (install && report.AptPackages.Count > 0)
        {
            var installer = new PrerequisiteInstaller(Services.Processes, Services.Log);
            await Services.Progress.RunAsync(
                "install what this machine lacks",
                async _ =>
                {
                    await installer.InstallAsync(report.AptPackages, cancellationToken);
                    return true;
                }
            );
            report = await CheckAsync();
        }
        Remember(Step.CheckPrereqs, started, watch, $"{report.Rows.Count} requirements checked");
        return report;

        Task<PrerequisiteReport> CheckAsync() =>
            Services.Progress.RunAsync(
                "check what this machine has",
                _ => checker.CheckAsync(Spec, Services.Folders, cancellationToken, isMade),
                $"prerequisites {Spec.Kind}"
            );
    }

    // What keeps the hypervisor from telling is a requirement's to tell.
    private async Task<bool> IsMadeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new CreateVmStep(_context).IsMadeAsync(cancellationToken);
        }
        catch (ContainerHostException)
        {
            return false;
        }
    }

    /// <summary>Obtains the boot media; skipped for a host whose machine is made already.</summary>
    public Task<StepOutcome> DownloadIsoAsync(CancellationToken cancellationToken) =>
        TellAsync("obtain the boot media", () => ObtainAsync(cancellationToken));

    private async Task<StepOutcome> ObtainAsync(CancellationToken cancellationToken)
    {
        if (await new CreateVmStep(_context).IsMadeAsync(cancellationToken))
            return _context.Session.Skip(Step.DownloadIso, "up to date: the machine has its disk");
        var started = Services.Time.GetUtcNow();
        var watch = Services.Time.GetTimestamp();
        var features = await _context.Hypervisor.GetFeaturesAsync(cancellationToken);
        _media = await Services.Media.ObtainAsync(
            new MediaRequest(Spec)
            {
                Fingerprint = _context.Locked?.Fingerprint,
                DiskFormat = features.DiskFormat,
                NeedsUefi = features.NeedsUefi || Spec.Guest.Family.NeedsUefi,
                Software = _context.Kind.SoftwareOf(Spec),
                Folders = features.DiskFolder is { } folder ? [folder] : [],
            },
            cancellationToken
        );
        _context.Locked?.Require(_media);
        await new Pruner(Services).KeepLimitAsync(cancellationToken);
        var note = $"{_media.Origin}, SHA-256 {_media.Sha256}, at {_media.Path}";
        Remember(Step.DownloadIso, started, watch, note);
        Services.Log.Information("{Step}: {Note}", Step.DownloadIso, note);
        return new StepOutcome(Step.DownloadIso, Skipped: false, note);
    }

    /// <summary>Makes the machine and waits until its guest is set up; a failure undoes everything and leaves a bundle behind.</summary>
    public Task<StepOutcome> CreateVmAsync(CancellationToken cancellationToken) =>
        TellAsync("make the machine", () => MakeAsync(cancellationToken));

    /// <summary>Gives a host that is there the processors, memory and disk that are asked for; its disk only grows.</summary>
    /// <exception cref="ContainerHostException">There is none, or it was never finished.</exception>
    public Task<StepOutcome> ResizeAsync(CancellationToken cancellationToken) =>
        TellAsync(
            "resize the host",
            async () =>
                await new CreateVmStep(_context).IsMadeAsync(cancellationToken)
                    ? await MakeAsync(cancellationToken)
                    : throw HostErrors.NotCreated(Spec.Name)
        );

    private async Task<StepOutcome> MakeAsync(CancellationToken cancellationToken)
    {
        var step = new CreateVmStep(_context);
        if (_media is null && !await step.IsMadeAsync(cancellationToken))
            await DownloadIsoAsync(cancellationToken);
        var made = await step.RunAsync(_media, cancellationToken);
        if (!made.Skipped && Spec.PrivateNetwork is { } network)
            await new PrivateNetworkHosts(Services).TellOthersAsync([Spec.Name], network.Name, cancellationToken);
        return made;
    }

    /// <summary>Exposes virtualisation to the guest where VM isolation needs it, proved from inside.</summary>
    public Task<StepOutcome> EnableNestedAsync(CancellationToken cancellationToken) =>
        TellAsync(
            "expose virtualisation to the guest",
            () => new EnableNestedStep(_context).RunAsync(cancellationToken)
        );

    /// <summary>Installs the container runtime, and what VM isolation needs.</summary>
    public Task<StepOutcome> InstallContainersAsync(CancellationToken cancellationToken) =>
        TellAsync(
            "install the container runtime",
            () => new InstallContainersStep(_context).RunAsync(cancellationToken)
        );

    /// <summary>Runs the scripts that were given in the guest of a host that is there, those that ran unchanged only with <paramref name="again"/>.</summary>
    /// <exception cref="ContainerHostException">There is no host, or a script failed; those before it are not run again.</exception>
    public Task<StepOutcome> ProvisionAsync(bool again, CancellationToken cancellationToken) =>
        TellAsync("provision the host", () => new ProvisionStep(_context).RunAsync(again, cancellationToken));

    /// <summary>Runs every check and writes the report; see <see cref="VerificationOutcome.ThrowIfFailed"/>.</summary>
    public Task<VerificationOutcome> VerifyAsync(CancellationToken cancellationToken) =>
        TellAsync("verify the host", () => new VerifyStep(_context).RunAsync(cancellationToken));

    /// <summary>Loads images into the host, runs them, takes them away and writes the report; see <see cref="VerificationOutcome.ThrowIfFailed"/>.</summary>
    public Task<VerificationOutcome> ProveAsync(Proof images, CancellationToken cancellationToken) =>
        TellAsync("prove images on the host", () => new ProveStep(_context).RunAsync(images, cancellationToken));

    /// <summary>
    /// Runs a container of an image that the host has to its end, in a VM of its own where the host's isolation, or the one that was asked for, is HyperV, and returns
    /// what it left; 5 minutes at most, a micro VM 4. <paramref name="command"/> is a line for no shell; null for the image's own.
    /// </summary>
    /// <exception cref="InvalidInputException">The image or the command is wrong.</exception>
    public Task<CommandResult> RunContainerAsync(string? image, string? command, CancellationToken cancellationToken) =>
        TellAsync("run a container", () => new ContainerCommand(_context).RunAsync(image, command, cancellationToken));

    /// <summary>Lets the host's lock go; the host stays.</summary>
    public void Dispose() => _context.Session.Dispose();

    private static CheckSelection ReadChecks(HostRequest request, IReadOnlyCollection<string> has, bool isClone)
    {
        try
        {
            return CheckSelection.Read(request["checks"], has, isClone);
        }
        catch (InvalidInputException wrong)
        {
            throw request.Refuse(wrong.Problems);
        }
    }

    private static async Task<(HostSpec Spec, AnswerFile? Answers, IReadOnlyList<UserScript> Scripts)> ReadAsync(
        HostServices services,
        HostRequest request,
        HostSpec? existing,
        CancellationToken cancellationToken
    )
    {
        var reader = new SpecReader(request, existing);
        var spec = reader.Read();
        var problems = reader.Problems.ToList();
        AnswerFile? answers = null;
        try
        {
            if (request["answer-file"] is not null && File.Exists(spec.AnswerFile))
            {
                answers = await AnswerFile.ReadAsync(spec.AnswerFile, cancellationToken);
                spec = spec with { AnswerFileDigest = Fingerprint.OfBytes(answers.Content) };
            }
            GuestKind.Of(spec.Guest).CheckAnswers(answers, spec);
        }
        catch (InvalidInputException invalid)
        {
            problems.AddRange(invalid.Problems);
        }
        var scripts = request["provision"] is { } list
            ? await UserScripts.ReadListAsync(
                list,
                spec.Windows is not null,
                services.StandardInput,
                problems,
                cancellationToken
            )
            : [];
        return problems.Count == 0 ? (spec, answers, scripts) : throw request.Refuse(problems);
    }

    // A disk that is full, read-only or broken may be met anywhere in a step.
    private async Task<T> TellAsync<T>(string attempted, Func<Task<T>> work)
    {
        try
        {
            return await Services.Progress.RunAsync(
                attempted,
                _ => work(),
                $"{attempted} {Spec.Kind}",
                // What is skipped takes no time, and another one's image or medium is there or not.
                result => result is not StepOutcome { Skipped: true } and not StepOutcome { Step: Step.DownloadIso }
            );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ContainerHostException(
                attempted,
                refused.Message,
                "free space on the disk that it names, or see that it may be written to; then run the target again.",
                Spec.Name.Value,
                refused
            );
        }
    }

    private void Remember(Step step, DateTimeOffset started, long watch, string note)
    {
        _context.Early[step] = new StepRecord
        {
            Fingerprint = "",
            StartedAt = started,
            DurationMs = (long)Services.Time.GetElapsedTime(watch).TotalMilliseconds,
            Note = note,
        };
    }
}
