using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Tests.Prerequisites;

namespace ContainerHost.Tests.Machines.Qemu;

public sealed class QemuHypervisorTests : FolderTest
{
    private readonly FakeProcessRunner _processes = new();

    private HostFolder Host => new(In("lab"));

    private QemuHypervisor Hypervisor => new(In("cache"), _processes, TimeProvider.System);

    public override async ValueTask InitializeAsync()
    {
        var machine = new QemuMachine(MachineSample.Built with { Folder = Host }, "tcg", Port: 0);
        await MachineFile.SaveAsync(Host, machine, Token);
    }

    [Fact]
    public async Task Whoever_starts_a_machine_that_another_starts_waits_and_touches_nothing()
    {
        var socket = Put(Path.Combine("lab", Path.GetFileName(Host.Qmp)), "the other's");
        using var cancellation = new CancellationTokenSource();
        Task<GuestEndpoint> starting;
        using (ProcessLock.Take(Host.StartLock, "start it"))
        {
            starting = Hypervisor.StartAsync(Host, cancellation.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(600), Token);
            (starting.IsCompleted, _processes.Ran.Count, File.Exists(socket)).ShouldBe((false, 0, true));
        }

        // There is no QEMU here to go on with.
        await Should.ThrowAsync<ContainerHostException>(starting);
        File.Exists(socket).ShouldBeFalse();
    }

    [Fact]
    public async Task A_monitor_that_nobody_answers_at_is_told_as_an_error_of_ours()
    {
        await Should.ThrowAsync<ContainerHostException>(async () =>
            await (await Hypervisor.FindKeyAsync(Host, Token))(Token)
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"boot":1}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_damaged_definition_is_told_and_does_not_keep_its_machine_from_being_removed(string text)
    {
        await File.WriteAllTextAsync(Host.Machine, text, Token);

        (await Should.ThrowAsync<ContainerHostException>(Hypervisor.GetSpecAsync(Host, Token))).Saw.ShouldContain(
            "is damaged"
        );
        await Hypervisor.DestroyAsync(Host, instanceId: null, Token);

        File.Exists(Host.Machine).ShouldBeFalse();
    }
}
