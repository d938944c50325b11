using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines.Qemu;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Machines.Qemu;

public sealed class QemuStateTests : FolderTest
{
    private const string Done = """{"return": {}}""";

    [Fact]
    public async Task A_migration_that_QEMU_refuses_ends_at_once_with_its_reason()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "QEMU is not driven from Windows");
        const string refused =
            """{"return": {"status": "failed", "error-desc": "the device has no description of its state"}}""";
        // Greeting, negotiation, netdev_del, capabilities, stop, migrate; nobody ever connects to the socket.
        await using var qemu = new FakeQmp(FakeQmp.Greeting, Done, Done, Done, Done, Done, refused);
        await using var qmp = await QmpClient.ConnectAsync(qemu.Path, Token);
        var state = new QemuState(new HostFolder(In("lab")), Guid.NewGuid(), qmp, new Poll(TimeProvider.System));

        var failure = await Should.ThrowAsync<ContainerHostException>(state.SaveAsync(In("state"), Token));

        failure.Saw.ShouldContain("the device has no description of its state");
        File.Exists(In("state")).ShouldBeFalse();
        qemu.Received[^1].ShouldContain("query-migrate");
    }
}
