using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Undoing;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Templates;

/// <summary>
/// Makes a template of a verified host: a copy of its disk is booted with an identity of its own, stripped of it, and frozen while a script in
/// it waits for the next. The host itself is off meanwhile, and is as it was afterwards.
/// </summary>
internal sealed class TemplateMaker(HostServices services)
{
    private const string Script = "Hosts.Templates.become.py";
    private const string GuestScriptPath = "/var/lib/containerhost/become.py";

    private readonly TemplateStore _templates = new(services);

    /// <summary>Makes it under the host's name, and returns its folder.</summary>
    public async Task<HostFolder> MakeAsync(
        HostName name,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    )
    {
        using var host = new HostSession(services.Store, name, services.Time, services.Log);
        var machine = await RequireUsableAsync(host, cancellationToken);
        var parts = _templates.Services;
        using var session = new HostSession(parts.Store, name, services.Time, services.Log);
        if (File.Exists(session.Folder.Template))
            throw Failed(name, "there is one of that name", $"'./build.sh RemoveTemplate --from {name}' removes it.");
        var spec = SpecOf(host.Existing);
        var context = new StepContext(parts, session, had: null, spec, answers: null, password: null, locked: null)
        {
            KeepsMemory = true,
            ExpiresAt = expiresAt,
        };
        var hypervisor = services.HypervisorFor(spec);
        var ran = await hypervisor.GetStateAsync(host.Folder, cancellationToken) == MachineState.Running;
        try
        {
            return await FirstBoot.RunAsync(
                () => UndoStack.RunAsync(undo => MakeAsync(undo, host, machine, context, cancellationToken)),
                services.Log
            );
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            foreach (var left in UndoStack.FailuresOf(failure))
                services.Log.Error("Template: {Left}", left);
            if (failure is IOException or UnauthorizedAccessException)
                throw Failed(name, failure.Message, "see that the hosts' folder has space and may be written to.");
            throw;
        }
        // Two that start at once would take twice as long.
        finally
        {
            if (ran)
                await hypervisor.PowerOnAsync(host.Folder, CancellationToken.None);
        }
    }

    private async Task<HostFolder> MakeAsync(
        UndoStack undo,
        HostSession host,
        MachineSpec machine,
        StepContext context,
        CancellationToken cancellationToken
    )
    {
        var (session, beginning) = (context.Session, new MachineBeginning(context));
        undo.Push("template", beginning.RemoveAsync);
        await beginning.ForgetEarlierAsync(cancellationToken);
        services.Log.Information(
            "Template: copying the disk of '{Host}', which is off until its template is made",
            host.Name
        );
        var disk = await CopyAsync(host, machine, session.Folder, cancellationToken);
        services.Log.Information("Template: starting the copy");
        await beginning.RunAsync(disk, cancellationToken);
        await new SetUp(context).RunAsync(cancellationToken);
        await StripAsync(context, cancellationToken);
        await context.Hypervisor.FreezeAsync(session.Folder, cancellationToken);
        await SealAsync(host.Existing, session.Folder, disk, cancellationToken);
        return session.Folder;
    }

    private async Task<MachineSpec> RequireUsableAsync(HostSession host, CancellationToken cancellationToken)
    {
        var (state, name) = (host.Existing, host.Name);
        if (state.LastVerification is not { Passed: true, NotAsked: null })
            throw Failed(
                name,
                "its last verification did not pass, had not all checks, or there was none",
                $"'./build.sh Verify --name {name} --checks All' first."
            );
        var machine = await services.HypervisorFor(state.Spec).GetSpecAsync(host.Folder, cancellationToken);
        return machine switch
        {
            { Guest.Family: { KnowsVirtio: true, NeedsUefi: false }, Boot: BaseDisk { NeedsUefi: false } } => machine,
            null => throw HostErrors.NotCreated(name),
            _ => throw Failed(
                name,
                $"{state.Spec.Guest.Title} starts by UEFI, and has no templates yet",
                "use a Linux guest."
            ),
        };
    }

    private async Task<BaseDisk> CopyAsync(
        HostSession host,
        MachineSpec machine,
        HostFolder to,
        CancellationToken cancellationToken
    )
    {
        var hypervisor = services.HypervisorFor(host.Existing.Spec);
        var patience = (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        await hypervisor.StopAsync(host.Folder, TimeLimits.ShutDown * patience, cancellationToken);
        await services.Processes.RunCheckedAsync(
            new Command("qemu-img", "convert", "-O", "qcow2", host.Folder.Disk, to.BaseDisk),
            "copy the host's disk",
            "see that the hosts' folder has space.",
            cancellationToken,
            host.Name.Value
        );
        var disk = (BaseDisk)machine.Boot with
        {
            DiskPath = to.BaseDisk,
            Format = DiskFormat.Qcow2,
            Saved = null,
            Origin = $"template:{host.Name}",
            Fingerprint = host.Existing.InstanceId.ToString("N")[..12],
            Sha256 = await CheckedFile.RecordAsync(to.BaseDisk, cancellationToken),
        };
        return disk is KernelDisk kernel
            ? kernel with
            {
                KernelPath = Copy(kernel.KernelPath),
                InitrdPath = Copy(kernel.InitrdPath),
            }
            : disk;

        string Copy(string path)
        {
            var copy = Path.Combine(to.Path, Path.GetFileName(path));
            File.Copy(path, copy, overwrite: true);
            return copy;
        }
    }

    private static async Task StripAsync(StepContext context, CancellationToken cancellationToken)
    {
        await using var port = await IdentityPort.OpenAsync(
            context.Hypervisor,
            context.Session.Folder,
            cancellationToken
        );
        await using (var shell = await context.Connection.ConnectAsync(cancellationToken))
        {
            // What still starts would start in every clone.
            await shell.RunAsync(new Command("systemctl", "is-system-running", "--wait"), cancellationToken);
            await shell.PutSecretAsync(EmbeddedText.Load(Script), GuestScriptPath, cancellationToken);
            string[] words = ["--no-block", "--collect", "--unit", "containerhost-become", "python3", GuestScriptPath];
            await shell.RunCheckedAsync(
                new Command(
                    "systemd-run",
                    [.. words, $"/dev/virtio-ports/{MachineSpec.IdentityPort}", context.System.User]
                ),
                "make the guest ready to be cloned",
                cancellationToken
            );
        }
        await port.ExpectAsync("ready", cancellationToken);
    }

    private async Task SealAsync(HostState host, HostFolder folder, BaseDisk disk, CancellationToken cancellationToken)
    {
        // They open nothing any more, and nobody needs them.
        string[] secrets = [folder.Password, folder.ClientKey, folder.ClientPublicKey, folder.KnownHosts, folder.Seed];
        foreach (var secret in secrets)
            File.Delete(secret);
        foreach (var file in TemplateStore.FilesOf(folder))
            await CheckedFile.RecordAsync(file, cancellationToken);
        var features = await services.HypervisorFor(host.Spec).GetFeaturesAsync(cancellationToken);
        var template = new Template
        {
            Spec = SpecOf(host),
            CreatedAt = services.Time.GetUtcNow(),
            Hypervisor = TemplateStore.Describe(features),
            Runtime = host.Runtime,
            GuestArtifacts = host.GuestArtifacts,
            Boot = disk with
            {
                DiskPath = folder.Disk,
                Sha256 = await CheckedFile.DigestOfAsync(folder.Disk, cancellationToken) ?? "",
                Saved = new SavedMachine(folder.Memory, folder.MachineState),
            },
        };
        await _templates.SaveAsync(host.Spec.Name, template, cancellationToken);
    }

    // What was the host's own, and has been put into it already.
    private static HostSpec SpecOf(HostState host) =>
        host.Spec with
        {
            AnswerFile = null,
            AnswerFileDigest = null,
            PrivateNetwork = null,
            Forward = null,
            Mount = null,
        };

    private static ContainerHostException Failed(HostName name, string saw, string @try) =>
        new("make a template of the host", saw, @try, name.Value);
}
