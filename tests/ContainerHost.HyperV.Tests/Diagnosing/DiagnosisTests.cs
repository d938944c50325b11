using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Diagnosing;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Replay;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;

namespace ContainerHost.HyperV.Tests.Diagnosing;

/// <summary>What Diagnose writes of a Hyper-V host, here the simulated one; and that a replay of it answers as that host did.</summary>
public sealed class DiagnosisTests
{
    private static readonly HostOptions Options = new()
    {
        ExternalSwitches = ["Head office"],
        ConfigurationVersions = ["8.0", "10.0", "254.0"],
    };

    [Fact]
    public async Task It_changes_nothing_and_tells_what_first_users_are_asked_for()
    {
        using var scene = new Scene(Options);
        await scene.Hypervisor.PowerOnAsync((await scene.CreateAsync()).Folder, Token);
        scene.Host.Time.Advance(TimeSpan.FromSeconds(20));
        scene.Host.Tick();
        var before = Machines(scene);

        var files = await DiagnoseAsync(scene);

        Machines(scene).ShouldBe(before);
        files["prerequisites.txt"].ShouldContain("external");
        files["hyper-v.txt"].ShouldContain("80 x 60: ");
        files["hyper-v.txt"].ShouldContain("a class that nobody has: ");
        files["hyper-v.txt"].ShouldContain("a machine that nobody has: ");
        files["hyper-v.txt"].ShouldContain("a method that nobody has: ");
        foreach (
            var asked in (string[])["Msvm_BootSourceSettingData", "ValueRole", "Synthetic Ethernet Port", "\"error\""]
        )
            files["calls.jsonl"].ShouldContain(asked);
    }

    [Fact]
    public async Task A_replay_answers_as_the_host_did_even_after_names_were_replaced()
    {
        using var scene = new Scene(Options);
        await scene.CreateAsync(scene.Describe("payroll"));
        var files = await DiagnoseAsync(scene);
        var clean = new Scrubber([]).Clean(files["calls.jsonl"]);
        clean.ShouldNotContain("payroll");
        clean.ShouldNotContain("Head office");
        clean.ShouldNotContain("SIMULATED");

        var replayed = new ReplayedNamespace(clean.Split('\n'));
        var host = new HyperVHost(replayed, replayed, scene.Host.Files, scene.Host.Time);
        var report = await CheckAsync(new HyperVHypervisor(host, new HyperVSpec(), new Netsh()), scene);

        report
            .Rows.Select(row => (row.Requirement.Id, row.Verdict))
            .ShouldBe(
                (await CheckAsync(scene.Hypervisor, scene)).Rows.Select(row => (row.Requirement.Id, row.Verdict))
            );
    }

    [Theory]
    [InlineData("10.1.2.3 and 10.1.2.3, not 10.1.2.4", "192.0.2.3 and 192.0.2.3, not 192.0.2.4")]
    [InlineData("version 10.0.20348.1, at 127.0.0.1", "version 10.0.20348.1, at 127.0.0.1")]
    [InlineData("S-1-5-21-1004336348-1177238915-682003330-500", "S-1-5-21-1-2-3-500")]
    [InlineData("S-1-5-32-578", "S-1-5-32-578")]
    [InlineData("00:15:5d:01:02:03", "00-00-5E-00-53-00")]
    [InlineData("fe80::1ff:fe23:4567:890a", "2001:db8::1")]
    [InlineData("at 12:34:56 o'clock", "at 12:34:56 o'clock")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "00000000-0000-0000-0000-000000000002")]
    [InlineData("C08CB7B8-9B3C-408E-8E30-5E16A3AEB444", "C08CB7B8-9B3C-408E-8E30-5E16A3AEB444")]
    [InlineData("""["SerialNumber","string",false,"5CD1234XYZ"]""", """["SerialNumber","string",false,null]""")]
    [InlineData("""["SerialNumber","uint32",false,"123456"]""", """["SerialNumber","uint32",false,null]""")]
    [InlineData(
        """["NetworkAddresses","string",true,["00155D010203"]]""",
        """["NetworkAddresses","string",true,null]"""
    )]
    [InlineData("It is at 10.1.2.3.", "It is at 192.0.2.3.")]
    [InlineData("ada's machine, adamant", "name-1's machine, adamant")]
    public void What_tells_whose_it_is_is_replaced(string text, string clean) =>
        new Scrubber(["ada"]).Clean(text).ShouldBe(clean);

    private static Task<IReadOnlyDictionary<string, string>> DiagnoseAsync(Scene scene) =>
        scene.Hypervisor.DiagnoseAsync(
            async one => PrerequisiteTable.Render(await CheckAsync(one, scene), width: null),
            Token
        );

    private static Task<PrerequisiteReport> CheckAsync(IHypervisor hypervisor, Scene scene)
    {
        var spec = Typed.Spec("--name other --provider HyperV --guest debian-13-cloud");
        var folders = new LocalFolders(scene.Folder, scene.Folder, scene.Folder);
        return new PrerequisiteChecker(new ProcessRunner(), hypervisor).CheckAsync(spec, folders, Token);
    }

    private static IReadOnlyList<string> Machines(Scene scene) =>
        [.. scene.Host.Store.OfClass("Msvm_ComputerSystem").Select(CimXml.Write), .. scene.Host.Files.Paths];
}
