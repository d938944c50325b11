using System.Net;
using System.Net.NetworkInformation;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.EndToEnd.Contracts;

/// <summary>QEMU, for real.</summary>
public sealed class QemuContractTests(Suite suite) : HypervisorContract
{
    private readonly HostServices _services = suite.Services;

    internal override IHypervisor Hypervisor => _services.HypervisorFor(new HostRequest().ToSpec());

    public override ValueTask InitializeAsync()
    {
        Suite.RequireQemu();
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Its_process_is_nobody_and_holds_nothing_but_what_its_machine_is_made_of()
    {
        Assert.SkipUnless(
            QemuUser.CanBecomeAnother(),
            "QEMU is who starts it, where that is no root with all its powers."
        );
        Environment.SetEnvironmentVariable("NUKE_PASSWORD", "s3cret");
        var machine = await StartedAsync("nobody");
        Environment.SetEnvironmentVariable("NUKE_PASSWORD", null);
        var process = $"/proc/{QemuProcess.Find(machine.Folder, machine.InstanceId).ShouldNotBeNull().Id}";

        var status = File.ReadLines($"{process}/status")
            .Select(line => line.Split(':', 2))
            .ToDictionary(words => words[0], words => words[1].Trim());
        var id = QemuUser.Of(machine.InstanceId).Split(':')[0];
        foreach (var name in (string[])["Uid", "Gid"])
            status[name].Split('\t').ShouldAllBe(one => one == id);
        (status["Groups"], status["CapEff"], status["CapPrm"]).ShouldBe((id, new string('0', 16), new string('0', 16)));
        (status["NoNewPrivs"], status["Seccomp"]).ShouldBe(("1", "2"));
        (await File.ReadAllTextAsync($"{process}/environ", Token)).ShouldNotContain("NUKE_");
        var boot = (KernelDisk)machine.Boot;
        var held = Directory.EnumerateFileSystemEntries($"{process}/fd").Select(link => new FileInfo(link).LinkTarget!);
        held.Where(target => target.StartsWith('/'))
            .Where(target => !target.StartsWith("/dev/", StringComparison.Ordinal))
            .ShouldAllBe(target => target.StartsWith(machine.Folder.Path) || target == boot.DiskPath);
    }

    [Fact]
    public async Task Machines_that_came_and_went_leave_no_files_ports_nor_handles()
    {
        await CycleAsync();
        var before = Handles();

        for (var i = 0; i < 5; i++)
            await CycleAsync();

        (Handles() - before).ShouldBeLessThan(5);
        Directory.EnumerateDirectories(Path.GetTempPath(), "containerhost-screen-*").ShouldBeEmpty();

        async Task CycleAsync()
        {
            var machine = await StartedAsync("cycle");
            var endpoint = (await Hypervisor.GetEndpointAsync(machine.Folder, Token)).ShouldNotBeNull();
            (await Hypervisor.CaptureScreenAsync(machine.Folder, Token)).ShouldNotBeNull();
            await Hypervisor.DestroyAsync(machine.Folder, machine.InstanceId, Token);
            (await LeftoversAsync(machine)).ShouldBeEmpty();
            // A connection that anybody opened meanwhile may have the port's number: only a listener would be ours.
            IPGlobalProperties
                .GetIPGlobalProperties()
                .GetActiveTcpListeners()
                .ShouldNotContain(listener => listener.Port == endpoint.Port);
        }

        static int Handles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
    }

    internal override async Task<MachineSpec> DescribeAsync(string name)
    {
        var spec = new HostRequest { ["name"] = name }.ToSpec();
        var folder = _services.Store.FolderOf(spec.Name);
        var user = spec.Guest.Family.User;
        var identity = await GuestIdentityFactory.MakeAsync(spec.Name, user, Guid.NewGuid(), null, folder, Token);
        return new MachineSpec
        {
            Name = spec.Name,
            InstanceId = identity.InstanceId,
            Folder = folder,
            Guest = spec.Guest,
            Cpus = spec.Cpus,
            Memory = spec.Memory,
            DiskSize = spec.DiskSize,
            Boot = await _services.Media.ObtainAsync(new MediaRequest(spec), Token),
            Seed = await SeedWriter.WriteAsync(identity, folder, UserAnswers.None, Token),
            Nested = true,
        };
    }

    internal override Task<IReadOnlyList<string>> LeftoversAsync(MachineSpec machine) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. Leftovers.ProcessesOf(machine.Folder.Path),
            .. new[] { machine.Folder.Disk, machine.Folder.Machine }.Where(File.Exists),
        ]);

    // The log-in prompt comes after the service that listens for the power button.
    internal override Task WaitForGuestAsync(HostFolder folder) =>
        new Poll(TimeProvider.System).UntilAsync(
            new Wait("the guest shows its log-in prompt", TimeSpan.FromMinutes(5), "read the serial log."),
            _ =>
                Task.FromResult(
                    SerialTail.Read(folder.SerialLog).Contains("login:", StringComparison.Ordinal)
                        ? Looks.Found(true)
                        : Looks.NotYet<bool>("no prompt yet")
                ),
            Token
        );
}
