using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Archives;
using ContainerHost.Hosts.Copying;
using ContainerHost.Hosts.Effective;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Hosts.Templates;
using ContainerHost.Labs;
using ContainerHost.Networks;
using ContainerHost.Prerequisites;
using ContainerHost.Progress;
using ContainerHost.Proving;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>The hosts that this machine keeps: the way into the library. Without a password only the Hyper-V of this machine, or one that knows this user, can be reached.</summary>
public sealed class LocalHosts(LocalFolders folders, ILogger log, NetworkAccess access, string? hyperVPassword = null)
{
    private readonly HostServices _services = LocalServices.Create(folders, log, access, hyperVPassword);

    /// <summary>The absolute path of the folder that holds the hosts.</summary>
    public string Directory => _services.Store.HostsDirectory;

    /// <summary>What runs now.</summary>
    public ProgressBoard Progress => _services.Progress;

    /// <summary>The user's own cache folder, by the platform's convention.</summary>
    public static string DefaultCacheDirectory => Media.CacheFolder.Default.Path;

    /// <summary>A short hash of how this library builds images, by which CI systems keep its cache; what the archive has is not in it.</summary>
    public static string ImageRecipe => Media.DebianImage.DebianImageRecipe.OwnFingerprint;

    /// <summary>True for a host that is there, and whose licence terms were accepted as it was made or that has none.</summary>
    public bool HasAcceptedLicense(HostName name) =>
        _services.Store.Load(name)?.Spec is { } spec && spec.Windows?.LicenseAccepted != false;

    /// <inheritdoc cref="Provisioner.OpenAsync"/>
    public Task<Provisioner> OpenAsync(HostRequest request, bool recreate, CancellationToken cancellationToken) =>
        Provisioner.OpenAsync(_services, request, recreate, cancellationToken);

    /// <summary>What counts for the host of a request, with each value's origin; touches nothing.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong with the request; every problem at once.</exception>
    public EffectiveSpec Describe(HostRequest request) =>
        EffectiveSpec.Of(
            request,
            HostName.TryParse(request["name"] ?? HostName.Default.Value, out var name)
                ? _services.Store.Load(name)
                : null
        );

    /// <summary>Checks which images are to be proved on a host, and reads their archives whole; touches no host.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong; every problem at once.</exception>
    public Task<Proof> ReadImagesAsync(
        ProofRequest images,
        HostRequest host,
        bool recreate,
        CancellationToken cancellationToken
    )
    {
        // What is wrong with the host's own parameters is told when it is opened, once its licence was asked for.
        var spec = new SpecReader(host, _services.SpecOf(host, recreate)).Read();
        return new ProofReader(_services.Artifacts).ReadAsync(images, spec, cancellationToken);
    }

    /// <summary>All hosts by name, half-made and damaged ones included; touches none and waits for none.</summary>
    public Task<IReadOnlyList<HostOverview>> ListAsync(CancellationToken cancellationToken) =>
        new HostLister(_services).ListAsync(cancellationToken);

    /// <summary>Commands and sessions in a host.</summary>
    public HostShell Shell(HostName name) => new(_services, name);

    /// <inheritdoc cref="HostRemover.RemoveAsync(HostName, CancellationToken, Func{HostState?, bool})"/>
    public Task<bool> RemoveAsync(HostName name, CancellationToken cancellationToken) =>
        new HostRemover(_services).RemoveAsync(name, cancellationToken);

    /// <summary>
    /// Removes the hosts and templates whose lifetime has ended, and logs it; what another process works on stays. The host of the name
    /// <paramref name="but"/> stays, too, and has <paramref name="lifetime"/> from now on where that is not null. Folders that others may change are left alone.
    /// </summary>
    public async Task RemoveEndedAsync(HostName? but, string? lifetime, CancellationToken cancellationToken)
    {
        try
        {
            RequireTrusted();
        }
        catch (ContainerHostException)
        {
            // The targets that work there say so.
            return;
        }
        var leases = new Leases(_services);
        if (but is not null && lifetime is not null)
            await leases.RenewAsync(but, lifetime, cancellationToken);
        await leases.RemoveAsync(but, cancellationToken);
    }

    /// <summary>The lab of a file, which is read when it is used: once for each call; its hosts get the secrets of a request, which stand in no file.</summary>
    public HostLab Lab(string file, HostRequest? secrets = null) => new(_services, file, secrets ?? new HostRequest());

    /// <summary>What is done with a host from day to day.</summary>
    public HostLife Life(HostName name) => new(_services, name);

    /// <summary>The ways into a host for the user's own programs.</summary>
    public HostReach Reach(HostName name) => new(_services, name);

    /// <summary>
    /// Copies a file or folder into a host that runs, or out of it, as the guest's root: one of both paths is the host's, as NAME:/PATH. What a broken copy has left
    /// is gone on with, and every file is compared by its SHA-256.
    /// </summary>
    /// <exception cref="InvalidInputException">The paths are wrong, or without <paramref name="overwrite"/> a file is there with other content; nothing is touched.</exception>
    public Task<CopyReport> CopyAsync(
        string? from,
        string? to,
        HostName? name,
        bool overwrite,
        CancellationToken cancellationToken
    )
    {
        var path = CopyPath.Read(from, to, name);
        return Reach(path.Host).CopyAsync(path, overwrite, cancellationToken);
    }

    /// <summary>
    /// Makes a template of a verified Linux host, which keeps its name, for the lifetime that is asked for: frozen where its hypervisor can, else off. Returns the template's
    /// folder.
    /// </summary>
    public async Task<string> MakeTemplateAsync(HostName name, HostRequest request, CancellationToken cancellationToken)
    {
        RequireTrusted();
        var folder = await Progress.RunAsync(
            $"make a template of {name}",
            _ => new TemplateMaker(_services).MakeAsync(name, EndOf(request), cancellationToken),
            "template"
        );
        return folder.Path;
    }

    /// <summary>The names of the templates.</summary>
    public IReadOnlyList<HostName> ListTemplates() => new TemplateStore(_services).List();

    /// <summary>What is known of each template, the damaged and those that fit elsewhere included.</summary>
    public Task<IReadOnlyList<TemplateOverview>> ListTemplatesAsync(CancellationToken cancellationToken)
    {
        RequireTrusted();
        return new TemplateLister(_services).ListAsync(cancellationToken);
    }

    /// <summary>Writes a template into an archive, readable by its owner only; returns the archive's length in bytes.</summary>
    public Task<long> ExportTemplateAsync(HostName name, string archive, CancellationToken cancellationToken)
    {
        RequireTrusted();
        return Progress.RunAsync(
            $"export the template {name}",
            _ => new TemplateExporter(_services).ExportAsync(name, archive, cancellationToken),
            "export"
        );
    }

    /// <summary>
    /// Takes a template out of an archive, under its own name where <paramref name="name"/> is null, for the lifetime that is asked for; one that does not fit here is
    /// kept all the same, and says so.
    /// </summary>
    public async Task<TemplateOverview> ImportTemplateAsync(
        string archive,
        HostName? name,
        HostRequest request,
        CancellationToken cancellationToken
    )
    {
        RequireTrusted();
        var imported = await Progress.RunAsync(
            "import the template",
            _ => new TemplateImporter(_services).ImportAsync(archive, name, EndOf(request), cancellationToken),
            "import"
        );
        return await new TemplateLister(_services).LookAtAsync(imported, cancellationToken);
    }

    /// <summary>Writes a host that is off into an archive, readable by its owner only, since its keys and password are in it; returns the archive's length in bytes.</summary>
    public Task<long> ExportAsync(HostName name, string archive, CancellationToken cancellationToken)
    {
        RequireTrusted();
        return Progress.RunAsync(
            $"export {name}",
            _ => new HostExporter(_services).ExportAsync(name, archive, cancellationToken),
            "export"
        );
    }

    /// <summary>Makes a host, off, of an archive, under its own name where <paramref name="name"/> is null, for the lifetime that is asked for; returns its name.</summary>
    public Task<HostName> ImportAsync(
        string archive,
        HostName? name,
        HostRequest request,
        CancellationToken cancellationToken
    )
    {
        RequireTrusted();
        return Progress.RunAsync(
            "import the host",
            _ => new HostImporter(_services).ImportAsync(archive, name, EndOf(request), cancellationToken),
            "import"
        );
    }

    /// <summary>Makes running hosts of a template, with what of <paramref name="request"/> a clone may have of its own: lifetime, private network. The outcomes are in the names' order.</summary>
    public Task<IReadOnlyList<CloneOutcome>> CloneAsync(
        HostName from,
        IReadOnlyList<HostName> names,
        HostRequest request,
        CancellationToken cancellationToken
    )
    {
        RequireTrusted();
        // Whatever is wrong with it is told before anything is touched.
        request.ReadName();
        if (CloneWishes.ProblemsOf(request).ToList() is { Count: > 0 } problems)
            throw new InvalidInputException(problems);
        var own = CloneWishes.Of(request, _services.Time.GetUtcNow());
        return new Cloner(_services).CloneAsync(from, names, own, cancellationToken);
    }

    /// <summary>Removes a template that has no clones; returns false when there was none.</summary>
    public Task<bool> RemoveTemplateAsync(HostName name, CancellationToken cancellationToken)
    {
        RequireTrusted();
        return new TemplateStore(_services).RemoveAsync(name, cancellationToken);
    }

    /// <summary>
    /// Tells what the cache could do without above its limit, what killed runs left, and machines whose folder was deleted; removes all of it where
    /// <paramref name="remove"/> is true. What a host uses stays.
    /// </summary>
    public Task<PruneReport> PruneAsync(bool remove, CancellationToken cancellationToken)
    {
        RequireTrusted();
        return new Pruner(_services).PruneAsync(remove, cancellationToken);
    }

    // Whatever is wrong with the request is told before anything is touched.
    private DateTimeOffset? EndOf(HostRequest request)
    {
        request.ReadName();
        return Lifetime.EndOf(request, had: null, _services.Time.GetUtcNow());
    }

    private void RequireTrusted()
    {
        OwnFolder.RequireTrusted(Directory, "--hosts-directory");
        OwnFolder.RequireTrusted(folders.CacheDirectory, "--cache-directory");
    }

    /// <summary>
    /// Writes an archive (.zip) for a bug report: this machine, what CheckPrereqs finds for a host, the hosts, what the hypervisor and running guests tell; names,
    /// addresses, identifiers and serial numbers replaced. It changes nothing. Returns the names of the files in it.
    /// </summary>
    public Task<IReadOnlyList<string>> DiagnoseAsync(
        HostRequest request,
        string path,
        CancellationToken cancellationToken
    ) =>
        new Diagnosing.Diagnosis(_services).WriteAsync(
            request.ToSpec(_services.SpecOf(request, recreate: false)),
            path,
            cancellationToken
        );

    /// <summary>Installs what this project's own tests need, and with <paramref name="hosts"/> what the default host needs too.</summary>
    /// <exception cref="PrerequisitesMissingException">The packages could not be installed.</exception>
    public async Task InstallForTestsAsync(bool hosts, CancellationToken cancellationToken)
    {
        var spec = new HostRequest().ToSpec();
        var checker = new PrerequisiteChecker(_services.Processes, _services.HypervisorFor(spec));
        var packages = (await checker.CheckDevelopmentAsync(cancellationToken)).AptPackages.ToList();
        if (hosts)
            packages.AddRange((await checker.CheckAsync(spec, folders, cancellationToken)).AptPackages);
        await new PrerequisiteInstaller(_services.Processes, log).InstallAsync(packages, cancellationToken);
    }
}
