using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Guests.Windows;
using ContainerHost.Processes;
using ContainerHost.Verification.Checks;
using ContainerHost.Verification.Checks.Windows;

namespace ContainerHost.Tests.Verification.Checks;

/// <summary>The checks of Windows hosts.</summary>
public sealed class WindowsCheckTests : CheckContract
{
    private const string World =
        "file=yes\r\nregistry=yes\r\nname=verify-own\r\n   IPv4 Address. . . . . : 172.16.0.23\r\n";
    private const string Addresses = "Guests.Windows.addresses.ps1";
    private const string CountProcesses = "Verification.Checks.Windows.count-processes.ps1";
    private const string Probe = "Verification.Checks.Windows.probe-world.ps1";
    private const string Share = "Verification.Checks.Windows.share-folders.ps1";
    private const string Shared = "read=written by the guest\r\nwrote=no\r\n";

    private readonly Dictionary<string, string> _answers = new()
    {
        [Addresses] = """{"addresses":["192.0.2.17","169.254.1.2"],"connections":["192.0.2.17:22 from 192.0.2.1"]}""",
        ["Verification.Checks.Windows.guest-build.ps1"] = """{"build":20348}""",
        ["Verification.Checks.Windows.prepare-image.ps1"] = "FROM x",
        [CountProcesses] = """{"count":0}""",
        [Share] = "written by the container\r\n",
        [Probe] = """{"file":false,"registry":false,"name":"LAB1"}""",
    };

    private protected override IGuestSystem System { get; } = new WindowsGuest();
    private protected override CheckWork ProcessIsolation => WindowsIsolationChecks.ProcessAsync;
    private protected override CheckWork LifeCycle => WindowsContainers.CheckLifeAsync;

    [Theory]
    [InlineData(2, null)]
    [InlineData(0, "does not share the host's kernel")]
    public Task Process_isolation_means_that_the_hosts_kernel_has_the_containers_processes(int count, string? problem)
    {
        Say("Hello, world\r\n");
        Count(count);
        return ExpectAsync(ProcessIsolation, problem);
    }

    [Theory]
    [InlineData("Hello, world, from a virtual machine of my own\r\n", 0, null)]
    [InlineData("Hello\r\n", 0, "did not print its greeting")]
    [InlineData("Hello, world, from a virtual machine of my own\r\n", 1, "does not run on a kernel of its own")]
    public Task Vm_isolation_means_that_it_has_none_of_them(string said, int count, string? problem)
    {
        Say(said + Shared);
        Count(count);
        return ExpectAsync(WindowsIsolationChecks.VmAsync, problem);
    }

    [Theory]
    [InlineData(Shared, "written by the container\r\n", null)]
    [InlineData("wrote=no\r\n", "written by the container", "did not see the guest's file")]
    [InlineData("read=written by the guest\r\nwrote=yes\r\n", "written by the container", "could be written to")]
    [InlineData(Shared, "", "did not see the container's file")]
    public Task Shared_folders_work_both_ways_and_only_one_is_written_to(string said, string back, string? problem)
    {
        Say(said);
        _answers[Share] = back;
        return ExpectAsync(WindowsShare.CheckAsync, problem);
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("file=yes", "file=no", "file system of its own")]
    [InlineData("registry=yes", "", "registry of its own")]
    [InlineData("name=verify-own", "name=LAB1", "host name of its own")]
    [InlineData("172.16.0.23", "192.0.2.17", "address of its own")]
    [InlineData("172.16.0.23", "169.254.7.7", "address of its own")]
    public Task A_container_has_a_world_of_its_own(string part, string instead, string? problem)
    {
        Say(part.Length == 0 ? World : World.Replace(part, instead, StringComparison.Ordinal));
        return ExpectAsync(WindowsWorldCheck.RunAsync, problem);
    }

    [Theory]
    [InlineData("\"file\":false", "\"file\":true", "file system of its own")]
    [InlineData("\"registry\":false", "\"registry\":true", "registry of its own")]
    public Task What_leaks_into_the_guest_is_seen(string part, string instead, string problem)
    {
        Say(World);
        _answers[Probe] = _answers[Probe].Replace(part, instead, StringComparison.Ordinal);
        return ExpectAsync(WindowsWorldCheck.RunAsync, problem);
    }

    [Fact]
    public Task A_process_that_stays_fails_the_life_cycle()
    {
        Count(1);
        return ExpectAsync(LifeCycle, "Processes of the container are left");
    }

    [Fact]
    public Task An_image_is_built_on_the_hosts_build() => ExpectAsync(WindowsImageCheck.RunAsync, null);

    [Theory]
    [InlineData("\"192.0.2.17\"", "\"192.0.2.17:22 from 192.0.2.1\"", null)]
    [InlineData("\"169.254.1.2\"", "", "no usable IPv4 address")]
    [InlineData("\"192.0.2.17\"", "\"192.0.2.99:22 from 192.0.2.1\"", "does not end at the guest's address")]
    public Task An_address_is_valid_and_reached(string addresses, string connections, string? problem)
    {
        _answers[Addresses] = $$"""{"addresses":[{{addresses}}],"connections":[{{connections}}]}""";
        return ExpectAsync(GuestChecks.AddressAsync, problem);
    }

    [Fact]
    public async Task A_script_that_says_something_else_is_shown()
    {
        _answers[Addresses] = "Access is denied.";
        var error = await Should.ThrowAsync<Errors.ContainerHostException>(ExpectAsync(GuestChecks.AddressAsync, null));
        error.Saw.ShouldBe("Access is denied.");
    }

    [Fact]
    public void A_line_with_a_quote_is_a_mistake_of_ours() =>
        Should.Throw<ArgumentException>(() => WindowsContainers.Of("x", "echo \"x\""));

    /// <summary>Has the guest's kernel show so many processes of the container.</summary>
    private void Count(int processes) => _answers[CountProcesses] = $$"""{"count":{{processes}}}""";

    private protected override string Answer(Command command)
    {
        GuestScript.IsPowerShell(command).ShouldBeTrue();
        return _answers[_answers.Keys.Single(one => EmbeddedText.Load(one) == command.StandardInput)];
    }
}
