using ContainerHost.AnswerFiles;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>A template that was frozen while a script in it waits for an identity (become.py); a clone goes on there, and is told who it is (docs/adr/0030-clones-go-on.md).</summary>
internal sealed class FrozenTemplate(IMemoryFreezer freezer) : ITemplateKind
{
    private const string GuestScriptPath = "/var/lib/containerhost/become.py";

    public bool KeepsMemory => true;

    public async Task<BaseDisk> StopAsync(StepContext context, BaseDisk disk, CancellationToken cancellationToken)
    {
        var folder = context.Session.Folder;
        await StripAsync(context, cancellationToken);
        await freezer.FreezeAsync(folder, cancellationToken);
        return disk with { Saved = new SavedMachine(folder.Memory, folder.MachineState) };
    }

    public async Task<(IGuestShell Shell, string? Address)> BecomeAsync(
        StepContext context,
        GuestIdentity identity,
        CancellationToken cancellationToken
    )
    {
        await context.Hypervisor.StartAsync(context.Session.Folder, cancellationToken);
        string address;
        await using (var port = await OpenAsync(context, cancellationToken))
        {
            var mac = MachineSpec.MacOf(context.Session.Existing.InstanceId);
            var line = CloneIdentity.Line(identity, mac, context.Services.Time.GetUtcNow());
            await port.SendAsync(line, cancellationToken);
            address = await port.ExpectAsync("done", cancellationToken);
        }
        return (await context.Connection.ConnectAsync(cancellationToken), UsableAddress.Is(address) ? address : null);
    }

    private async Task StripAsync(StepContext context, CancellationToken cancellationToken)
    {
        await using var port = await OpenAsync(context, cancellationToken);
        await using (var shell = await context.Connection.ConnectAsync(cancellationToken))
        {
            // What still starts would start in every clone.
            await shell.RunAsync(new Command("systemctl", "is-system-running", "--wait"), cancellationToken);
            await shell.PutSecretAsync(EmbeddedText.Load(OffTemplate.Script), GuestScriptPath, cancellationToken);
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

    private Task<IdentityPort> OpenAsync(StepContext context, CancellationToken cancellationToken) =>
        IdentityPort.OpenAsync(context.Hypervisor, freezer, context.Session.Folder, cancellationToken);
}
