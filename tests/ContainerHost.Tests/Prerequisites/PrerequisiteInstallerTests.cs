using ContainerHost.Errors;
using ContainerHost.Prerequisites;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ContainerHost.Tests.Prerequisites;

public sealed class PrerequisiteInstallerTests : PrerequisiteTest
{
    private const string Quietly = "env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get";
    private const string Update = $"{Quietly} update";
    private const string Install =
        $"{Quietly} install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 qemu-utils";

    [Fact]
    public async Task Root_installs_at_once_where_lists_are_there()
    {
        Processes.Answer(Install);

        await InstallAsync();

        Processes.Ran.ShouldBe(["id -u", Install]);
    }

    [Fact]
    public async Task Without_lists_they_are_fetched_first()
    {
        Delete("lists");
        Processes.Answer(Update).Answer(Install);

        await InstallAsync();

        Processes.Ran.ShouldBe(["id -u", Update, Install]);
    }

    [Fact]
    public async Task A_first_failure_fetches_the_lists_and_tries_once_more()
    {
        Processes.Answer(Install, exitCode: 100, error: "404 Not Found").Answer(Install).Answer(Update);

        await InstallAsync();

        Processes.Ran.ShouldBe(["id -u", Install, Update, Install]);
    }

    [Fact]
    public async Task A_second_failure_is_told_with_what_apt_said_and_the_command()
    {
        Processes.Answer(Install, exitCode: 100, error: "E: Unable to locate package").Answer(Update);

        var error = await Should.ThrowAsync<PrerequisitesMissingException>(InstallAsync());

        error.Saw.ShouldBe("apt-get install ended with exit code 100:\nE: Unable to locate package");
        error.Try.ShouldContain("apt-get install --yes --no-install-recommends qemu-utils");
        Processes.Ran.Count(line => line == Install).ShouldBe(2);
    }

    [Fact]
    public async Task Another_user_goes_through_sudo()
    {
        Processes.Without("id -u").Answer("id -u", "1000").Answer("sudo -n true").Answer($"sudo -n {Install}");

        await InstallAsync();

        Processes.Ran.ShouldBe(["id -u", "sudo -n true", $"sudo -n {Install}"]);
    }

    [Fact]
    public async Task Who_may_not_install_is_told_the_command()
    {
        Processes.Without("id -u").Answer("id -u", "1000");

        var error = await Should.ThrowAsync<PrerequisitesMissingException>(InstallAsync());

        error.Try.ShouldContain("sudo apt-get install --yes --no-install-recommends qemu-utils");
        Processes.Ran.ShouldBe(["id -u", "sudo -n true"]);
    }

    [Fact]
    public async Task Nothing_missing_runs_nothing()
    {
        await InstallAsync([]);

        Processes.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_command_is_logged_for_everyone_and_its_output_for_the_curious()
    {
        Processes.Answer(Install, "Setting up qemu-utils");
        var events = new List<LogEvent>();
        using var log = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Sink(new ListSink(events))
            .CreateLogger();

        await InstallAsync(log: log);

        Told(LogEventLevel.Information).ShouldContain("apt-get install");
        Told(LogEventLevel.Verbose).ShouldContain("Setting up qemu-utils");

        string Told(LogEventLevel level) => events.Single(one => one.Level == level).RenderMessage(null);
    }

    private Task InstallAsync(IReadOnlyList<string>? packages = null, ILogger? log = null) =>
        new PrerequisiteInstaller(Processes, log ?? Logger.None) { Machine = Local }.InstallAsync(
            packages ?? ["qemu-utils"],
            Token
        );

    private sealed class ListSink(List<LogEvent> events) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => events.Add(logEvent);
    }
}
