using System.Diagnostics;
using System.Globalization;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace Benchmarks;

/// <summary>A template's state in a QEMU that is started by hand: no locks, journal, undoing, digests nor probes, and the same identity for its guest.</summary>
internal sealed class BareClone(HostServices services, HostName template)
{
    private const int Port = 40022;

    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        var from = await new TemplateStore(services).NeedAsync(template, cancellationToken);
        var spec = from.Spec with { Name = new HostRequest { ["name"] = "bare" }.ReadName() };
        var folder = services.Store.FolderOf(spec.Name);
        var features = await services.HypervisorFor(spec).GetFeaturesAsync(cancellationToken);
        Directory.CreateDirectory(folder.Path);
        var watch = Stopwatch.StartNew();
        try
        {
            var (identity, seed) = await BenchGuest.PrepareAsync(spec, folder, cancellationToken);
            var machine = BenchGuest.MachineOf(spec, folder, identity, seed, from.Boot);
            string[] disk =
            [
                "create",
                "-q",
                "-f",
                "qcow2",
                "-F",
                "qcow2",
                "-b",
                ((BaseDisk)from.Boot).DiskPath,
                folder.Disk,
            ];
            await Tool.RunAsync(cancellationToken, "qemu-img", disk);
            var arguments = QemuArguments.For(new QemuMachine(machine, features.Accelerator, Port));
            await Tool.RunInAsync(folder.Path, cancellationToken, QemuArguments.Program, arguments);
            await using (var qmp = await QmpClient.ConnectAsync(folder.Qmp, cancellationToken))
            {
                var often = new Poll(TimeProvider.System) { Interval = TimeSpan.FromMilliseconds(20) };
                var state = new QemuState(folder, machine.InstanceId, qmp, often);
                await state.LoadAsync(machine.Saved!.StatePath, cancellationToken);
            }
            var stream = await UnixSocket.OpenAsync(folder.Identity, cancellationToken);
            await using (var port = new IdentityPort(stream, spec.Name.Value, TimeSpan.FromMinutes(1)))
            {
                await port.SendAsync(
                    CloneIdentity.Line(identity, machine.Mac, TimeProvider.System.GetUtcNow()),
                    cancellationToken
                );
                await port.ExpectAsync("done", cancellationToken);
            }
            await BenchGuest.AnswerAsync(folder, identity, Port, cancellationToken);
            return watch.Elapsed;
        }
        finally
        {
            if (File.Exists(folder.PidFile))
                await EndAsync(folder);
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static async Task EndAsync(HostFolder folder)
    {
        var id = await File.ReadAllTextAsync(folder.PidFile);
        using var qemu = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
        qemu.Kill();
        await qemu.WaitForExitAsync();
    }
}
