using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Tests.Verification.Checks;

/// <summary>Checks that see a wrong host say so; that they pass on a right one, the end-to-end tests show for real.</summary>
public sealed class CheckTests
{
    private const string HostBoot = "11111111-1111-1111-1111-111111111111";
    private const string OtherBoot = "22222222-2222-2222-2222-222222222222";

    private readonly FakeRuntime _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HostBoot, null)]
    [InlineData(OtherBoot, "does not share the host's kernel")]
    [InlineData("", "does not share the host's kernel")]
    public async Task Process_isolation_means_the_hosts_own_kernel(string boot, string? problem)
    {
        _runtime.Run = run =>
            run.Command.Count == 0
                ? new ContainerResult(0, "Hello, world\n", "")
                : new ContainerResult(0, $"boot={boot}\nkernel=6.1\n", "");

        await ExpectAsync(ProcessIsolationCheck.RunAsync, problem);
    }

    [Fact]
    public async Task A_greeting_that_does_not_come_fails_process_isolation()
    {
        _runtime.Run = _ => new ContainerResult(0, $"boot={HostBoot}\n", "");

        await ExpectAsync(ProcessIsolationCheck.RunAsync, "did not print its greeting");
    }

    [Fact]
    public async Task A_container_that_fails_is_shown_with_both_outputs()
    {
        _runtime.Run = _ => new ContainerResult(127, "", "no such program");

        var failed = await ExpectAsync(ProcessIsolationCheck.RunAsync, "command failed");

        failed!.Evidence.ShouldContain("exit code 127");
        failed.Evidence.ShouldContain("no such program");
    }

    [Theory]
    [InlineData(HostBoot, "does not run on a kernel of its own")]
    [InlineData("", "does not run on a kernel of its own")]
    [InlineData("short", "does not run on a kernel of its own")]
    public async Task Vm_isolation_means_another_kernel(string boot, string problem)
    {
        _runtime.Run = _ => new ContainerResult(
            0,
            $"boot={boot}\n",
            "",
            "Hello, world, from a virtual machine of my own"
        );

        await ExpectAsync(VmIsolationCheck.RunAsync, problem);
    }

    [Fact]
    public async Task Vm_isolation_without_a_console_of_its_own_is_not_believed()
    {
        _runtime.Run = _ => new ContainerResult(0, $"boot={OtherBoot}\n", "", Console: null);

        await ExpectAsync(VmIsolationCheck.RunAsync, "console of the container's machine does not show");
    }

    [Theory]
    [InlineData(HostBoot, "does not run on a kernel of its own")]
    [InlineData(OtherBoot, null)]
    public async Task Kata_shows_no_console_and_is_believed_by_its_kernel(string boot, string? problem)
    {
        var words = "read=written by the guest\nwrote=no\n";
        _runtime.Run = _ => new ContainerResult(0, $"boot={boot}\n{words}", "", Console: null);
        await ExpectAsync(
            VmIsolationCheck.RunAsync,
            problem,
            command => command.ToString().Contains("read-write/file") ? "written by the container\n" : Answer(command),
            new HostRequest { VmIsolation = "Kata", Memory = "4GiB" }.ToSpec()
        );
    }

    [Fact]
    public async Task A_container_that_stays_fails_the_life_cycle()
    {
        _runtime.Stuck.Add("verify-life");

        await ExpectAsync(LifeCycle.CheckAsync, "not as it should be once removed");
    }

    [Fact]
    public async Task A_mount_that_stays_fails_the_life_cycle() =>
        await ExpectAsync(
            LifeCycle.CheckAsync,
            "Something of the container is left",
            command => command.ToString().Contains("/proc/mounts") ? "overlay /run/verify-life" : ""
        );

    [Fact]
    public async Task A_container_that_comes_and_goes_passes_the_life_cycle() =>
        await ExpectAsync(LifeCycle.CheckAsync, problem: null);

    [Theory]
    [InlineData(Isolation.Both, RuntimeKind.Containerd, 11)]
    [InlineData(Isolation.Process, RuntimeKind.Docker, 9)]
    [InlineData(Isolation.HyperV, RuntimeKind.None, 3)]
    public void What_is_checked_follows_from_what_was_asked_for(Isolation isolation, RuntimeKind runtime, int count)
    {
        var spec = new HostRequest().ToSpec() with { Isolation = isolation, Runtime = runtime };

        var checks = CheckList.For(spec, TimeSpan.FromMinutes(1));

        checks.Count.ShouldBe(count);
        checks.Select(check => check.Id).ShouldBeUnique();
        checks[^1].Id.ShouldBe("reboot");
    }

    private async Task<CheckFailedException?> ExpectAsync(
        CheckWork check,
        string? problem,
        Func<Command, string>? guest = null,
        HostSpec? spec = null
    )
    {
        await using var context = FakeContext.Of(
            command => new CommandResult(0, guest?.Invoke(command) ?? Answer(command), ""),
            _runtime,
            spec: spec
        );
        if (problem is null)
        {
            (await check(context, Token)).ShouldNotBeEmpty();
            return null;
        }
        var failed = await Should.ThrowAsync<CheckFailedException>(() => check(context, Token));
        failed.Message.ShouldContain(problem);
        return failed;
    }

    private static string Answer(Command command) => command.ToString().Contains("boot_id") ? $"{HostBoot}\n" : "";
}
