using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Tests.Verification.Checks;

/// <summary>The checks of Debian hosts; that they pass on a right one, the end-to-end tests show for real.</summary>
public sealed class CheckTests : CheckContract
{
    private const string HostBoot = "11111111-1111-1111-1111-111111111111";
    private const string OtherBoot = "22222222-2222-2222-2222-222222222222";
    private const string Greeting = "Hello, world, from a virtual machine of my own";

    // What the guest says to commands that have these words in them.
    private readonly Dictionary<string, string> _answers = new() { ["boot_id"] = $"{HostBoot}\n" };

    private protected override IGuestSystem System { get; } = new DebianGuest();
    private protected override CheckWork ProcessIsolation => IsolationChecks.ProcessAsync;
    private protected override CheckWork LifeCycle => ContainerHost.Verification.Checks.LifeCycle.CheckAsync;

    [Theory]
    [InlineData(HostBoot, null)]
    [InlineData(OtherBoot, "does not share the host's kernel")]
    [InlineData("", "does not share the host's kernel")]
    public Task Process_isolation_means_the_hosts_own_kernel(string boot, string? problem)
    {
        var told = $"boot={boot}\nkernel=6.1\n";
        Runtime.Run = run => new ContainerResult(0, run.Command.Count == 0 ? "Hello, world\n" : told, "");
        return ExpectAsync(ProcessIsolation, problem);
    }

    [Theory]
    [InlineData(HostBoot, Greeting, "does not run on a kernel of its own")]
    [InlineData("", Greeting, "does not run on a kernel of its own")]
    [InlineData("short", Greeting, "does not run on a kernel of its own")]
    [InlineData(OtherBoot, null, "console of the container's machine does not show")]
    public Task Vm_isolation_means_another_kernel_and_a_console_of_its_own(string boot, string? console, string problem)
    {
        Say($"boot={boot}\n", console);
        return ExpectAsync(IsolationChecks.VmAsync, problem);
    }

    [Theory]
    [InlineData(HostBoot, "does not run on a kernel of its own")]
    [InlineData(OtherBoot, null)]
    public Task Kata_shows_no_console_and_is_believed_by_its_kernel(string boot, string? problem)
    {
        Say($"boot={boot}\nread=written by the guest\nwrote=no\n");
        _answers["read-write/file"] = "written by the container\n";
        return ExpectAsync(IsolationChecks.VmAsync, problem, Typed.Spec("--vm-isolation Kata --memory 4GiB"));
    }

    [Theory]
    [InlineData(0, "reaches this machine, although its network is Restricted")]
    [InlineData(1, null)]
    [InlineData(124, null)]
    [InlineData(127, "could not be tried")]
    public async Task A_network_without_a_way_out_is_tried(int exitCode, string? problem)
    {
        var context = FakeContext.Of(
            command => new CommandResult(
                command.Program == "timeout" ? exitCode : 0,
                exitCode == 127 ? "" : "trying\n",
                ""
            ),
            spec: Typed.Spec("--provider Qemu --network Restricted")
        );

        var evidence = WayOut.DescribeAsync(context, Token);

        if (problem is null)
            (await evidence).ShouldStartWith("network: Restricted");
        else
            (await Should.ThrowAsync<Exception>(evidence)).Message.ShouldContain(problem);
    }

    [Fact]
    public Task A_mount_that_stays_fails_the_life_cycle()
    {
        _answers["/proc/mounts"] = "overlay /run/verify-life";
        return ExpectAsync(LifeCycle, "Something of the container is left");
    }

    [Theory]
    [InlineData(Isolation.Both, RuntimeKind.Containerd, 11)]
    [InlineData(Isolation.Process, RuntimeKind.Docker, 9)]
    [InlineData(Isolation.HyperV, RuntimeKind.None, 3)]
    internal void What_is_checked_follows_from_what_was_asked_for(Isolation isolation, RuntimeKind runtime, int count)
    {
        var spec = new HostRequest().ToSpec() with { Isolation = isolation, Runtime = runtime };

        var checks = CheckList.For(spec, ContainerChecks.OfDebian, TimeSpan.FromMinutes(1));

        checks.Count.ShouldBe(count);
        checks.Select(check => check.Id).ShouldBeUnique();
        checks[^1].Id.ShouldBe("reboot");
    }

    private protected override string Answer(Command command) =>
        _answers.SingleOrDefault(one => command.ToString().Contains(one.Key)).Value ?? "";
}
