using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines.HyperV;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>From an ISO to a verified Windows host on the simulated Hyper-V, for each guest and isolation.</summary>
public sealed class WindowsGraphTests
{
    private static readonly string[] Always =
    [
        "login",
        "address",
        "runtime",
        "image",
        "process-isolation",
        "shared-folder",
        "container-world",
        "life-cycle",
        "reboot",
    ];

    private static readonly string[] All =
    [
        "Containers",
        "Microsoft-Hyper-V",
        "Microsoft-Hyper-V-Management-PowerShell",
    ];

    [Theory]
    [InlineData("windows-server-2019", 17763, "Process")]
    [InlineData("windows-server-2019", 17763, "HyperV")]
    [InlineData("windows-server-2019", 17763, "Both")]
    [InlineData("windows-server-2022", 20348, "Process")]
    [InlineData("windows-server-2022", 20348, "HyperV")]
    [InlineData("windows-server-2022", 20348, "Both")]
    [InlineData("windows-server-2025", 26100, "Process")]
    [InlineData("windows-server-2025", 26100, "HyperV")]
    [InlineData("windows-server-2025", 26100, "Both")]
    public async Task A_guest_becomes_a_verified_host(string guest, int build, string isolation)
    {
        using var scene = new WindowsScene(new ScriptedGuest { Build = build });
        var outcome = await scene.RunAsync(WindowsScene.Request(guest, isolation));

        outcome.Report.Passed.ShouldBeTrue();
        var expected = isolation == "Process" ? Always : [.. Always, "nested-virtualization", "vm-isolation"];
        outcome.Report.Checks.Select(check => check.Id).ShouldBe(expected, ignoreOrder: true);
        scene.Guest.Features.ShouldBe(isolation == "Process" ? ["Containers"] : All, ignoreOrder: true);
        scene.Host.Machines.All.Single().HasBootedMedium.ShouldBeTrue("the loader asked for a key");
        outcome
            .Report.Artifacts.Select(artifact => artifact.Name)
            .ShouldBe(["boot-media", "buildkit", "containerd", "nerdctl", "windows-container-networking"]);
    }

    [Fact]
    public async Task A_guest_whose_clock_stood_has_it_set_before_anything_is_installed_or_verified()
    {
        using var scene = new WindowsScene(new ScriptedGuest { Ahead = -7200 });
        var log = new List<string>();
        using var logger = new LoggerConfiguration().WriteTo.Sink(new Lines(log)).CreateLogger();

        var first = await scene.RunAsync(services: scene.Services with { Log = logger });
        scene.Guest.Ahead = 3600;
        var second = await scene.RunAsync(services: scene.Services with { Log = logger });

        var clocks = log.Where(line => line.Contains("clock", StringComparison.Ordinal)).ToList();
        clocks.Count.ShouldBe(2);
        clocks[0].ShouldStartWith("The guest's clock was 7200.0 s behind this machine");
        clocks[1].ShouldStartWith("The guest's clock was 3600.0 s ahead of this machine");
        clocks.ShouldAllBe(line => line.Contains("it was set, and is 0.", StringComparison.Ordinal));
        first.Report.Passed.ShouldBeTrue();
        LoginOf(first).ShouldContain("\nclock 0.");
        second.Report.Passed.ShouldBeTrue();
        LoginOf(second).ShouldContain("\nclock was 3600.0 s ahead of this machine");
        var calls = scene.Guest.Calls;
        calls
            .IndexOf("Guests.Windows.move-clock.ps1")
            .ShouldBeLessThan(calls.IndexOf("Guests.Windows.install-features.ps1"));
    }

    private static string LoginOf(VerificationOutcome outcome) =>
        outcome.Report.Checks.Single(check => check.Id == "login").Evidence;

    [Fact]
    public async Task A_product_key_reaches_the_medium_and_is_kept_nowhere()
    {
        const string key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
        using var scene = new WindowsScene();
        var iso = scene.Write("mine.iso", "a medium");
        var request = WindowsScene
            .Request()
            .Also($"--iso {iso} --time-zone 'Tokyo Standard Time'")
            .With("product-key", key);

        using (var provisioner = await Provisioner.OpenAsync(scene.Services, request, recreate: false, Token))
            await provisioner.CreateVmAsync(Token);

        (await scene.RunAsync()).Report.Passed.ShouldBeTrue("a later run needs no key");
        foreach (var file in Directory.EnumerateFiles(scene.FolderOf("lab1").Path))
            (await File.ReadAllTextAsync(file, Token)).ShouldNotContain(key, customMessage: file);
    }

    [Theory]
    [InlineData("windows-server-2019", 17763, "Both")]
    [InlineData("windows-server-2022", 20348, "Process")]
    [InlineData("windows-server-2022", 20348, "Both")]
    [InlineData("windows-server-2025", 26100, "HyperV")]
    public async Task A_guest_whose_image_is_applied_becomes_a_verified_host_without_set_up_and_its_reboots(
        string guest,
        int build,
        string isolation
    )
    {
        using var scene = new WindowsScene(new ScriptedGuest { Build = build, Features = All });
        var request = WindowsScene.Request(guest, isolation).Also("--installation Apply");

        (await scene.RunAsync(request)).Report.Passed.ShouldBeTrue();

        scene.Host.Machines.All.Single().Keys.ShouldBeEmpty("no loader asks");
        scene.Guest.Boots.ShouldBe(2, "the check's own reboot");
        scene.Host.Files.Paths.ShouldNotContain(path => path.EndsWith(".iso", StringComparison.Ordinal));
        scene.Host.Files.Paths.Count(path => path.EndsWith(".vhdx", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("windows-server-2019", 17763, "Process")]
    [InlineData("windows-server-2022", 20348, "Both")]
    [InlineData("windows-server-2025", 26100, "HyperV")]
    public async Task A_guest_with_docker_becomes_a_verified_host(string guest, int build, string isolation)
    {
        using var scene = new WindowsScene(new ScriptedGuest { Build = build });
        var request = WindowsScene.Request(guest, isolation).Also("--runtime Docker --runtime-version 28");

        var report = (await scene.RunAsync(request)).Report;

        report.Passed.ShouldBeTrue();
        var docker = report.Artifacts.Single(artifact => artifact.Name == "docker");
        docker.Version.ShouldBe("28.5.2");
        docker.Origin.ShouldBe("https://download.docker.com/win/static/stable/x86_64/docker-28.5.2.zip");
        scene.Asked.ShouldBeEmpty("GitHub has no such archive");
        scene.Guest.Calls.ShouldNotContain(call => call.Contains("nerdctl"));
    }

    [Fact]
    public async Task An_openssh_package_of_the_users_own_is_recorded_with_its_digest()
    {
        using var scene = new WindowsScene();
        var package = scene.Write("openssh.cab", "a package");

        var report = (await scene.RunAsync(WindowsScene.Request().With("openssh-package", package))).Report;

        var artifact = report.Artifacts.Single(one => one.Name == "openssh-package");
        (artifact.Origin, artifact.Sha256.Length).ShouldBe((package, 64));

        // A host made from its lock file takes the same package, and no other.
        var locked = LikeLab1(scene);
        (await scene.RunAsync(locked)).Report.Passed.ShouldBeTrue();
        scene.Write("openssh.cab", "another package");
        var error = await Should.ThrowAsync<ContainerHostException>(scene.RunAsync(locked.With("name", "lab3")));
        error.Saw.ShouldContain($"instead of {artifact.Sha256}");
        scene.Services.Store.Load(WindowsScene.NameOf("lab3")).ShouldBeNull("the half-made host is undone");
    }

    [Fact]
    public async Task What_is_not_locked_does_not_go_into_a_guest()
    {
        using var scene = new WindowsScene();
        await scene.RunAsync();
        var package = scene.Write("openssh.cab", "a package");
        var locked = LikeLab1(scene).With("openssh-package", package);

        var error = await Should.ThrowAsync<ContainerHostException>(scene.RunAsync(locked));

        error.Saw.ShouldContain("openssh-package: the lock file has no such artifact");
        scene.Guest.Calls.Count(call => call == "Guests.Windows.set-up-state.ps1").ShouldBe(1, "lab1's alone");
    }

    [Fact]
    public async Task A_plain_machine_has_a_lock_file_too()
    {
        using var scene = new WindowsScene(new ScriptedGuest { Build = 14393 });
        await scene.RunAsync(Plain("windows-server-2016"));
        var text = await File.ReadAllTextAsync(scene.FolderOf("lab1").LockFile, Token);
        text.ShouldContain("boot-media");
        text.ShouldContain("OpenSSH-Win64.zip");

        // Another's lock file is refused for it, though nothing would be made.
        var other = scene.Write("other.lock.json", text.Replace("1.2.3", "1.2.4", StringComparison.Ordinal));
        var request = Plain("windows-server-2016").Also("--locked").With("lock-file", other);
        (await Should.ThrowAsync<ContainerHostException>(scene.RunAsync(request))).Saw.ShouldContain("openssh 1.2.3");
    }

    [Fact]
    public async Task Two_hosts_share_the_disk_that_an_image_was_applied_to()
    {
        using var scene = new WindowsScene(new ScriptedGuest { Features = All });
        foreach (var name in new[] { "lab1", "lab2" })
            await scene.RunAsync(WindowsScene.Request().Also($"--name {name} --installation Apply"));

        var disks = scene.Host.Files.Paths.Where(path => path.EndsWith(".vhdx", StringComparison.Ordinal)).ToList();
        var shared = disks.Single(path => path.Contains(@"\bases\"));
        disks.Where(path => path != shared).ShouldAllBe(path => scene.Host.Files.Find(path)!.Parent == shared);
        disks.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Another_way_of_installation_takes_the_host_anew()
    {
        using var scene = new WindowsScene();
        await scene.RunAsync();
        var error = await Should.ThrowAsync<ContainerHostException>(
            scene.RunAsync(WindowsScene.Request().Also("--installation Apply"))
        );
        error.Message.ShouldContain("--installation: has Setup, asked for Apply");
    }

    [Theory]
    [InlineData("windows-server-2016", 14393)]
    [InlineData("windows-server-2022", 20348)]
    public async Task A_guest_without_a_runtime_becomes_a_plain_machine(string guest, int build)
    {
        using var scene = new WindowsScene(new ScriptedGuest { Build = build });
        var outcome = await scene.RunAsync(Plain(guest));

        outcome.Report.Passed.ShouldBeTrue();
        outcome.Report.Checks.Select(check => check.Id).ShouldBe(["login", "address", "reboot"]);
        // Windows Server 2016 has no OpenSSH of its own.
        scene.Asked.ShouldBe(build == 14393 ? ["openssh latest"] : []);
    }

    [Fact]
    public async Task A_ready_host_is_verified_again_and_nothing_of_it_is_touched()
    {
        using var scene = new WindowsScene();
        await scene.RunAsync();
        var (boots, uploads) = (scene.Guest.Boots, scene.Guest.Uploads.Count);

        (await scene.RunAsync()).Report.Passed.ShouldBeTrue();

        scene.Guest.Boots.ShouldBe(boots + 1, "the check's own reboot");
        scene.Guest.Uploads.Count.ShouldBe(uploads);
    }

    [Fact]
    public async Task The_answers_are_gone_when_the_guest_is_set_up()
    {
        using var scene = new WindowsScene();
        await scene.RunAsync();

        File.Exists(scene.FolderOf("lab1").Seed).ShouldBeFalse();
        scene.Host.Files.Paths.ShouldNotContain(path => path.EndsWith("seed.iso", StringComparison.Ordinal));
        scene.Guest.Calls.ShouldContain("Guests.Windows.forget-answers.ps1");
    }

    [Fact]
    public async Task The_version_that_was_asked_for_is_asked_of_the_releases()
    {
        using var scene = new WindowsScene();
        await scene.RunAsync(WindowsScene.Request().Also("--runtime-version 2.1"));
        scene.Asked.ShouldBe([
            "containerd 2.1",
            "nerdctl latest",
            "windows-container-networking latest",
            "buildkit latest",
        ]);
    }

    [Fact]
    public async Task A_base_image_of_another_build_is_told_before_anything_is_pulled()
    {
        using var scene = new WindowsScene(new ScriptedGuest { Build = 25398 });
        var report = (await scene.RunAsync()).Report;

        report.Checks.Single(check => check.Id == "image").Evidence.ShouldContain("its build is 25398");
        scene.Guest.Calls.ShouldNotContain(call => call.Contains(" build "));
        scene.Guest.Calls.ShouldNotContain(call => call.Contains("pull"));
    }

    [Fact]
    public async Task Without_the_licence_accepted_nothing_is_touched()
    {
        using var scene = new WindowsScene();
        var error = await Should.ThrowAsync<InvalidInputException>(
            scene.RunAsync(WindowsScene.Request().With("accept-license", null))
        );
        error.Problems.Single().ShouldContain("--accept-license");
        error.Problems.Single().ShouldContain("https://");
        scene.Host.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Features_that_want_to_reboot_for_ever_are_an_error()
    {
        using var scene = new WindowsScene();
        await scene.RunAsync(Plain("windows-server-2022"));
        scene.Guest.NeverDone = true;

        var error = await Should.ThrowAsync<ContainerHostException>(
            scene.RunAsync(WindowsScene.Request(isolation: "Process").Also("--runtime Containerd"))
        );

        error.Saw.ShouldContain("reboot again after 3 reboots");
    }

    [Fact]
    public async Task A_host_that_is_made_anew_from_its_own_lock_file_still_has_it_when_that_failed()
    {
        using var scene = new WindowsScene();
        await scene.RunAsync();
        var folder = scene.FolderOf("lab1");
        var text = await File.ReadAllTextAsync(folder.LockFile, Token);
        var locked = WindowsScene.Request().Also("--locked");

        using (await Provisioner.OpenAsync(scene.Services, locked, recreate: true, Token))
            Directory.Exists(folder.Path).ShouldBeFalse("this run goes no further");
        (await scene.RunAsync(locked)).Report.Passed.ShouldBeTrue();

        (await File.ReadAllTextAsync(folder.LockFile, Token)).ShouldBe(text);
        File.Exists(folder.KeptLockFile).ShouldBeFalse("it is in the host's folder again");
    }

    [Fact]
    public async Task A_half_made_host_that_is_to_be_on_another_hypervisor_is_removed_where_it_is()
    {
        using var scene = new WindowsScene();
        var other = new SimulatedHost(new HostOptions());
        var there = new HyperVHypervisor(other.ToHost(), new HyperVSpec(), new Netsh());
        var services = scene.Services with
        {
            HypervisorFor = spec => spec.HyperV!.Computer is null ? scene.Hypervisor : there,
        };
        using (var here = await Provisioner.OpenAsync(services, WindowsScene.Request(), recreate: false, Token))
            await here.CreateVmAsync(Token);
        var state = services.Store.Load(WindowsScene.NameOf("lab1"))!;
        await services.Store.SaveAsync(state with { Steps = state.Steps.Remove(Step.CreateVm) }, Token);

        var elsewhere = WindowsScene.Request().Also("--hyper-v-host other.lab");
        using (var provisioner = await Provisioner.OpenAsync(services, elsewhere, recreate: false, Token))
            await provisioner.CreateVmAsync(Token);

        scene.Host.Machines.All.ShouldBeEmpty();
        other.Machines.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_is_told_though_nothing_can_be_kept_of_it()
    {
        using var scene = new WindowsScene();
        scene.Guest.Faults = _ => GuestFault.Fails;
        Directory.CreateDirectory(Path.GetDirectoryName(scene.Services.Folders.ReportsDirectory)!);
        await File.WriteAllTextAsync(scene.Services.Folders.ReportsDirectory, "no folder", Token);

        var failure = await Should.ThrowAsync<ContainerHostException>(scene.RunAsync());

        failure.Saw.ShouldNotContain(scene.Services.Folders.ReportsDirectory);
        scene.Host.Machines.All.ShouldBeEmpty();
    }

    // Another host from the lock file of the first.
    private static HostRequest LikeLab1(WindowsScene scene) =>
        WindowsScene.Request().Also("--name lab2 --locked").With("lock-file", scene.FolderOf("lab1").LockFile);

    private static HostRequest Plain(string guest) => WindowsScene.Request(guest, "Process").Also("--runtime None");

    private sealed class Lines(List<string> lines) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) =>
            lines.Add(logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
