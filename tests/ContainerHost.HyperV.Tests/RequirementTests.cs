using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests;

/// <summary>What CheckPrereqs says of simulated hosts.</summary>
public sealed class RequirementTests
{
    private static readonly HostOptions Good = new() { Windows = new SimulatedFacts() };

    public static TheoryData<string, HostOptions, string, string> Lacking { get; } =
        new()
        {
            { "windows", Good with { Build = 9600 }, "build 9600", "newer" },
            {
                "firmware",
                Good with
                {
                    Windows = new SimulatedFacts { HypervisorRuns = false, FirmwareEnabled = false },
                },
                "off",
                "VT-x or AMD-V"
            },
            {
                "hyper-v",
                Good with
                {
                    Windows = new SimulatedFacts { Service = null },
                },
                "not installed",
                "Install-WindowsFeature Hyper-V"
            },
            {
                "hyper-v",
                Good with
                {
                    Windows = new SimulatedFacts { Service = "Stopped" },
                },
                "Stopped",
                "Start-Service vmms"
            },
            { "rights", Good with { IsStranger = true }, "does not administer", "S-1-5-32-578" },
            {
                "nesting",
                Good with
                {
                    Vendor = "AuthenticAMD",
                    Build = 17763,
                },
                "Windows Server 2022",
                "--isolation Process"
            },
            { "switch", Good with { ExternalSwitches = ["Blue", "Green"] }, "several lead out", "--switch" },
            { "switch", Good with { ExternalSwitches = [] }, "none of them external", "--create-switch-on" },
            { "memory", Good with { Windows = new SimulatedFacts { Memory = 1L << 30 } }, "1 GiB in all", "--memory" },
            { "disk", Good with { FreeSpace = 5L << 30 }, "5 GiB free", "Set-VMHost" },
            {
                "configuration-version",
                Good with
                {
                    Vendor = "AuthenticAMD",
                    ConfigurationVersions = ["5.0", "9.0"],
                },
                "9.0",
                "newer Windows"
            },
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

        var row = (await CheckAsync(scene)).Rows.Single(one => one.Requirement.Id == id);

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Found.ShouldContain(found);
        row.Fix.ShouldContain(fix);
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
        scene.Host.Machines.Define(
            new CimObject("Msvm_VirtualSystemSettingData").With(CimProperty.String("ElementName", "containerhost"))
        );

        var row = (await CheckAsync(scene)).Rows.Single(one => one.Requirement.Id == "name-machine");

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Found.ShouldContain("not ours");
    }

    private static Task<PrerequisiteReport> CheckAsync(Scene scene)
    {
        var paths = new PrerequisitePaths(scene.Folder, scene.Folder, scene.Folder);
        var spec = new HostRequest { Provider = "HyperV" }.ToSpec();
        return new PrerequisiteChecker(new ProcessRunner(), scene.Hypervisor).CheckAsync(
            spec,
            paths,
            TestContext.Current.CancellationToken
        );
    }
}
