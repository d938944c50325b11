using System.Diagnostics;
using System.Globalization;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>The real vde_switch: started once, nobody's but its own user's, and gone with the last machine.</summary>
public sealed class PrivateSwitchTests : FolderTest
{
    private readonly HostName _network = HostName.TryParse("backend", out var name)
        ? name
        : throw new UnreachableException();

    private PrivateSwitch Switch => new(In("hosts"), _network, new ProcessRunner(), TimeProvider.System);

    private string Link => In("hosts", ".backend.network");

    private int Id => int.Parse(Read("hosts/.backend.network/switch.pid"), CultureInfo.InvariantCulture);

    public override async ValueTask InitializeAsync()
    {
        RealTool.Require(PrivateSwitch.Program);
        Directory.CreateDirectory(In("hosts"));
        await Switch.EnsureAsync(Token);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Directory.Exists(In("hosts")))
            await Switch.EndUnusedAsync(null, CancellationToken.None);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task One_runs_whoever_asks_for_it_and_whatever_became_of_the_last()
    {
        var first = Id;
        await Task.WhenAll(Switch.EnsureAsync(Token), Switch.EnsureAsync(Token));
        Id.ShouldBe(first);

        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
            await process.WaitForExitAsync(Token);
        }
        await Switch.EnsureAsync(Token);

        Id.ShouldNotBe(first);
    }

    [Fact]
    public void Only_its_own_user_may_enter_where_it_listens()
    {
        if (OperatingSystem.IsWindows())
            return; // There is no vde_switch there, and nothing to look at.
        var folder = new FileInfo(Link).LinkTarget.ShouldNotBeNull();

        File.GetUnixFileMode(folder)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var uids = File.ReadLines($"/proc/{Id}/status")
            .First(line => line.StartsWith("Uid:", StringComparison.Ordinal))
            .Split('\t')[1..];
        uids.ShouldAllBe(uid => uid == $"{FileStatus.OwnerOf(folder)}");
        (uids[0] != "0").ShouldBe(QemuUser.CanBecomeAnother() || !Environment.IsPrivilegedProcess);
    }

    [Fact]
    public async Task It_stays_while_a_machine_is_on_its_network_and_goes_with_the_last()
    {
        var host = new HostFolder(In("hosts", "one"));
        Directory.CreateDirectory(host.Path);
        var machine = new QemuMachine(MachineSample.Built with { Folder = host, PrivateNetwork = _network }, "tcg", 0);
        await MachineFile.SaveAsync(host, machine, Token);
        var (id, folder) = (Id, new FileInfo(Link).LinkTarget);

        await Switch.EndUnusedAsync(null, Token);
        ProcessIdentity.Find(id).ShouldNotBeNull();
        File.Delete(host.Machine);
        await Switch.EndUnusedAsync(null, Token);

        ProcessIdentity.Find(id).ShouldBeNull();
        Path.Exists(folder).ShouldBeFalse();
        new FileInfo(Link).Exists.ShouldBeFalse();
        await Switch.EndUnusedAsync(null, Token);
    }
}
