using ContainerHost.Files;
using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;

namespace ContainerHost.HyperV.Tests;

/// <summary>What CheckPrereqs says of simulated hosts.</summary>
public sealed class RequirementTests
{
    private const string Amd = "AuthenticAMD";
    private static readonly HostOptions Good = new();

    public static TheoryData<string, HostOptions, string, string> Lacking { get; } =
        new()
        {
            { "windows", Good with { Build = 9600 }, "build 9600", "newer" },
            { "firmware", Good with { HypervisorRuns = false, FirmwareEnabled = false }, "off", "VT-x or AMD-V" },
            { "hyper-v", Good with { Service = null }, "not installed", "Install-WindowsFeature Hyper-V" },
            { "hyper-v", Good with { Service = "Stopped" }, "Stopped", "Start-Service vmms" },
            { "rights", Good with { IsStranger = true }, "does not administer", "S-1-5-32-578" },
            { "nesting", Good with { Vendor = Amd, Build = 17763 }, "Windows Server 2022", "--isolation Process" },
            { "switch", Good with { ExternalSwitches = ["Blue", "Green"] }, "several lead out", "--switch" },
            { "switch", Good with { ExternalSwitches = [] }, "none of them external", "--create-switch-on" },
            { "memory", Good with { Memory = 1L << 30 }, "1 GiB in all", "--memory" },
            { "disk", Good with { FreeSpace = 5L << 30 }, "5 GiB free", "Set-VMHost" },
            { "disk", Good with { IsReadOnly = true }, "access is denied", "look at" }, // the advice is that of the files, here simulated
            { "processors", Good with { Architecture = 12 }, "architecture 12", "x64" },
            { "processors", Good with { Processors = 1 }, "1 logical", "--cpus" },
            { "configuration-version", Good with { Vendor = Amd, DefaultVersion = "9.0" }, "9.0", "newer Windows" },
        };

    [Theory]
    [MemberData(nameof(Lacking))]
    public async Task What_is_lacking_is_told_with_the_way_to_get_it(
        string id,
        HostOptions options,
        string found,
        string fix
    )
    {
        using var scene = new Scene(options);

        var row = await RowAsync(id, scene);

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Found.ShouldContain(found);
        row.Fix.ShouldContain(fix);
    }

    [Fact]
    public async Task A_disk_folder_on_a_share_is_told_without_its_space()
    {
        using var scene = new Scene(Good with { DiskFolder = @"\\store\vms" });

        var row = await RowAsync("disk", scene);

        (row.Verdict, row.Found).ShouldBe((Verdict.Ok, @"not told by a share; \\store\vms can be written to"));
    }

    [Theory]
    [InlineData("spare gigabit adapter", Verdict.Ok, "CreateVm makes one on")]
    [InlineData(
        "Nonesuch",
        Verdict.Missing,
        "no free network adapter is called 'Nonesuch'; free are: 'Spare Gigabit Adapter'"
    )]
    public async Task An_adapter_for_a_switch_to_come_must_be_there(string adapter, Verdict verdict, string found)
    {
        using var scene = new Scene(
            Good with
            {
                ExternalSwitches = [],
                InternalSwitches = [],
                PrivateSwitches = [],
            },
            new HyperVSpec { CreateSwitchOn = adapter }
        );

        var row = await RowAsync("switch", scene);

        row.Verdict.ShouldBe(verdict);
        row.Found.ShouldContain(found);
    }

    [Fact]
    public async Task A_good_host_lacks_nothing()
    {
        using var scene = new Scene(Good);

        var rows = (await CheckAsync(scene)).Rows.Where(one => one.Requirement.Id != "qemu-img");

        rows.ShouldAllBe(row => row.Verdict == Verdict.Ok);
        scene.Host.Calls.ShouldAllBe(call => !call.IsMethod, "a check changes nothing");
    }

    [Fact]
    public async Task A_name_that_another_machine_has_is_taken()
    {
        using var scene = new Scene(Good);
        scene.Host.Machines.Define("containerhost");

        var row = await RowAsync("name-machine", scene);

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Found.ShouldContain("not ours");
    }

    [Theory]
    [InlineData("", Verdict.Ok, "there, and elevated")]
    [InlineData("lacks New-VHD, rights of an elevated session", Verdict.Missing, "New-VHD")]
    public async Task Applying_an_image_needs_tools_of_this_machine(string said, Verdict verdict, string found)
    {
        using var scene = new Scene(Good);
        var request = Windows().Also("--installation Apply");

        var row = await RowAsync("apply", scene, request, new PowerShellThatSays(said));

        (row.Verdict, row.Found.Contains(found)).ShouldBe((verdict, true));
    }

    [Fact]
    public async Task A_disk_that_hyper_v_makes_itself_needs_no_conversion()
    {
        using var scene = new Scene(Good);
        var ids = (await CheckAsync(scene, Windows())).Rows.Select(row => row.Requirement.Id).ToList();
        ids.ShouldNotContain("qemu-img");
        ids.ShouldNotContain("apply");
    }

    [Fact]
    public async Task Ports_of_this_machine_need_an_administrator_and_a_host_that_is_there_works_without()
    {
        using var scene = new Scene(Good);
        (await CheckAsync(scene)).Rows.ShouldNotContain(row => row.Requirement.Id == "elevation");
        var request = Typed.Request("--provider HyperV --guest debian-13-cloud --name lab1 --forward 8080:80");

        var row = await RowAsync("elevation", scene, request);
        (row.Verdict == Verdict.Ok, row.Requirement.Fatal).ShouldBe((Environment.IsPrivilegedProcess, true));

        Directory.CreateDirectory(Path.Combine(scene.Folder, "lab1"));
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "lab1", "host.json"), "{}", Token);
        (await RowAsync("elevation", scene, request)).Requirement.Fatal.ShouldBeFalse();
    }

    private static HostRequest Windows() =>
        Typed.Request("--provider HyperV --guest windows-server-2022 --accept-license");

    private static async Task<PrerequisiteRow> RowAsync(
        string id,
        Scene scene,
        HostRequest? request = null,
        IProcessRunner? processes = null
    ) => (await CheckAsync(scene, request, processes)).Rows.Single(one => one.Requirement.Id == id);

    private static Task<PrerequisiteReport> CheckAsync(
        Scene scene,
        HostRequest? request = null,
        IProcessRunner? processes = null
    )
    {
        var paths = new LocalFolders(scene.Folder, scene.Folder, scene.Folder);
        var spec = (request ?? Typed.Request("--provider HyperV --guest debian-13-cloud")).ToSpec();
        var checker = new PrerequisiteChecker(processes ?? new ProcessRunner(), scene.Hypervisor);
        return checker.CheckAsync(spec, paths, Token);
    }

    private sealed class PowerShellThatSays(string text) : IProcessRunner
    {
        public Task<CommandResult> RunAsync(
            Command command,
            CancellationToken cancellationToken,
            Action<string>? onLine = null
        ) => Task.FromResult(new CommandResult(0, $"{text}\r\n", ""));
    }
}
