using ContainerHost.AnswerFiles;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Templates;

/// <summary>
/// A template that is off: its guest was stripped and turned off, and a clone boots on its disk with an answer medium of its own, by which cloud-init takes it for a new
/// instance (docs/adr/0036-templates-that-are-off.md).
/// </summary>
internal sealed class OffTemplate : ITemplateKind
{
    /// <summary>The script that strips guests.</summary>
    public const string Script = "Hosts.Templates.become.py";

    // The script's word for a guest that nobody waits in.
    private const string NoPort = "off";

    private const int MachineIdLength = 32;

    public bool KeepsMemory => false;

    public async Task<BaseDisk> StopAsync(StepContext context, BaseDisk disk, CancellationToken cancellationToken)
    {
        const string attempted = "turn the guest off";
        await using (var shell = await context.Connection.ConnectAsync(cancellationToken))
        {
            // What still starts would write of it later.
            await shell.RunAsync(new Command("systemctl", "is-system-running", "--wait"), cancellationToken);
            string[] words = [NoPort, context.System.User];
            await shell.RunScriptAsync(Script, "strip the guest of its identity", cancellationToken, words);
            // By force, since services that end in their order write what was just removed, such as the random seed; file systems are unmounted all the same
            // (systemctl(1), --force). A moment later, so that this answer comes; timers may be a minute late unless told (systemd.timer(5)).
            string[] when = ["--collect", "--on-active=1", "--timer-property=AccuracySec=100ms"];
            string[] off = [.. when, "systemctl", "poweroff", "--force"];
            await shell.RunCheckedAsync(new Command("systemd-run", off), attempted, cancellationToken);
        }
        await WaitUntilOffAsync(context, cancellationToken);
        return disk;
    }

    public async Task<(IGuestShell Shell, string? Address)> BecomeAsync(
        StepContext context,
        GuestIdentity identity,
        CancellationToken cancellationToken
    )
    {
        var shell = await new SetUp(context).WaitAsync(cancellationToken);
        try
        {
            await KeepMachineIdAsync(context, shell, cancellationToken);
            return (shell, null);
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    // systemd draws it at a boot without one, from the machine's UUID only on some hypervisors (machine-id(5); systemd's machine-id-setup.c), which Hyper-V is not of.
    private static async Task KeepMachineIdAsync(
        StepContext context,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        const string attempted = "read the clone's machine id";
        var session = context.Session;
        var told = await shell.RunCheckedAsync(new Command("cat", "/etc/machine-id"), attempted, cancellationToken);
        var id = told.Trim();
        if (id.Length != MachineIdLength || !id.All(char.IsAsciiHexDigitLower))
            throw Failed($"'{id}' is none", session.Name.Value);
        // First kept, then compared: one of two that take the same at once sees it.
        await session.SaveAsync(session.Existing with { MachineId = id }, cancellationToken);
        var store = context.Services.Store;
        var twin = store.List().FirstOrDefault(name => name != session.Name && store.TryLoad(name)?.MachineId == id);
        if (twin is not null)
            throw Failed($"'{twin}' has {id}, too", session.Name.Value);

        static ContainerHostException Failed(string saw, string host) =>
            new(
                attempted,
                saw,
                "see that nothing in the image sets the machine id, such as systemd.machine_id= on the kernel's command line.",
                host
            );
    }

    private static async Task WaitUntilOffAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (hypervisor, folder) = (context.Hypervisor, context.Session.Folder);
        var limit = TimeLimits.ShutDown * (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        var wait = new Wait(
            "the stripped guest turns itself off",
            limit,
            "run the target again; the console shows what it waits for.",
            folder.Name
        );
        await new Poll(context.Services.Time).UntilAsync(wait, LookAsync, cancellationToken);

        async Task<Look<bool>> LookAsync(CancellationToken token) =>
            await hypervisor.GetStateAsync(folder, token) == MachineState.Off
                ? Looks.Found(true)
                : Looks.NotYet<bool>("the machine runs");
    }
}
