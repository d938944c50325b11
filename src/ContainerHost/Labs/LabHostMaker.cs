using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Templates;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Labs;

/// <summary>Makes one host what a lab's file says, by what one host is made by anyway; again is fine.</summary>
internal sealed class LabHostMaker(HostServices services, Lab lab, LabHost host)
{
    private const string GuestFolder = "/var/lib/containerhost/provision";

    public async Task MakeAsync(LabStep step, bool install, CancellationToken cancellationToken)
    {
        if (step.Action == LabAction.Keep)
            return;
        if (step.Action == LabAction.Replace || (host.From is not null && step.Action == LabAction.Create))
            await new HostRemover(services).RemoveAsync(host.Name, cancellationToken);
        if (host.From is null)
            await ProvisionAsync(install, cancellationToken);
        else if (step.Action == LabAction.Change)
            await UpdateCloneAsync(cancellationToken);
        else
            await CloneAsync(host.From, cancellationToken);
        await RunScriptsAsync(cancellationToken);
    }

    private async Task UpdateCloneAsync(CancellationToken cancellationToken)
    {
        if (host.Request["forward"] is { } text)
        {
            var ports = PortForwards.Read(text, []);
            services.Log.Information(
                "{Note}",
                await new HostPorts(services).SetAsync(host.Name, ports, cancellationToken)
            );
        }
        services.Log.Information("{Note}", await new HostPower(services).StartAsync(host.Name, cancellationToken));
    }

    private async Task ProvisionAsync(bool install, CancellationToken cancellationToken)
    {
        using var provisioner = await Provisioner.OpenAsync(
            services,
            host.Request,
            recreate: false,
            cancellationToken,
            lab.Name
        );
        var report = await provisioner.CheckPrereqsAsync(install, cancellationToken);
        if (!report.Passed)
            throw report.ToException();
        await provisioner.DownloadIsoAsync(cancellationToken);
        await provisioner.CreateVmAsync(cancellationToken);
        await provisioner.EnableNestedAsync(cancellationToken);
        await provisioner.InstallContainersAsync(cancellationToken);
    }

    private async Task CloneAsync(HostName from, CancellationToken cancellationToken)
    {
        var wishes = CloneWishes.Of(host.Request, services.Time.GetUtcNow()) with { Lab = lab.Name };
        var clones = await new Cloner(services).CloneAsync(from, [host.Name], wishes, cancellationToken);
        if (clones.Single().Failure is { } failure)
            throw failure;
    }

    private async Task RunScriptsAsync(CancellationToken cancellationToken)
    {
        using var live = await LiveHost.OpenAsync(services, host.Name, cancellationToken);
        var left = host.Scripts.Where(script => !live.Session.Existing.HasRun(script.Mark)).ToList();
        if (left.Count == 0)
            return;
        await using var shell = await live.ConnectAsync(cancellationToken);
        foreach (var script in left)
        {
            await RunAsync(shell, script, cancellationToken);
            // One that was changed since takes the place of what it was.
            var others = (live.Session.Existing.Provisioned ?? []).Where(mark =>
                !mark.StartsWith($"{script.Name} ", StringComparison.Ordinal)
            );
            await live.Session.SaveAsync(
                live.Session.Existing with
                {
                    Provisioned = [.. others, script.Mark],
                },
                cancellationToken
            );
        }
    }

    private async Task RunAsync(IGuestShell shell, LabScript script, CancellationToken cancellationToken)
    {
        services.Log.Information("Provision: {Script}", script.Name);
        var inGuest = $"{GuestFolder}/{script.Name}";
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var made = new Command("mkdir", "-p", "-m", "0700", GuestFolder);
        await shell.RunCheckedAsync(made, "make room for scripts in the guest", cancellationToken);
        await shell.UploadAsync(script.Path, inGuest, owner, cancellationToken);
        // Its own first line says what runs it.
        Command run = script.Content.AsSpan().StartsWith("#!"u8) ? new(inGuest) : new("sh", inGuest);
        var result = await shell.RunAsync(run, TimeLimits.Provisioning, cancellationToken);
        var log = Path.Combine(services.Folders.ReportsDirectory, host.Name.Value, "provision", $"{script.Name}.log");
        await Files.AtomicFile.WriteTextAsync(
            log,
            SafeText.Clean(result.StandardOutput + result.StandardError),
            cancellationToken
        );
        if (!result.Succeeded)
            throw new ContainerHostException(
                $"run {script.Path} in the guest",
                $"exit code {result.ExitCode}\n{SafeText.Clean(result.LastLines(10))}\nall of it: {log}",
                "correct the script and run LabUp again: it goes on from there.",
                host.Name.Value
            );
    }
}
