using ContainerHost.Errors;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Tests.Faults;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Tests.Cim;

public sealed class CimCallsTests
{
    private static readonly Fault Lost = new(FaultKind.SessionLost);

    [Theory]
    [InlineData(32769u, "access denied")]
    [InlineData(32775u, "invalid state")]
    [InlineData(99u, "a code that the reference does not name")]
    public async Task A_code_is_told_with_its_meaning(uint code, string meaning)
    {
        var failed = await Should.ThrowAsync<CimCallException>(() =>
            DefineAsync(new HostOptions { Faults = One("DefineSystem", new Fault(FaultKind.Code, code)) })
        );

        failed.Code.ShouldBe(code);
        failed.Message.ShouldContain(meaning);
        failed.Message.ShouldContain("define a machine");
    }

    [Theory]
    [InlineData("en", "'DefineSystem' failed.")]
    [InlineData("es", "Error en 'DefineSystem'.")]
    public async Task A_job_that_fails_is_told_with_its_errors(string language, string words)
    {
        var options = new HostOptions
        {
            Language = language,
            Faults = One("DefineSystem", new Fault(FaultKind.JobFails, 32778)),
        };

        var failed = await Should.ThrowAsync<CimCallException>(() => DefineAsync(options));

        failed.Code.ShouldBe(32778u);
        failed.Saw.ShouldContain("out of memory");
        failed.Saw.ShouldContain(words);
    }

    [Fact]
    public async Task A_job_that_hangs_is_asked_to_end_and_told_with_how_far_it_came()
    {
        var host = new SimulatedHost(new HostOptions { Faults = One("DefineSystem", new Fault(FaultKind.JobHangs)) });

        var late = await Should.ThrowAsync<DeadlineException>(() => DefineAsync(host));

        late.Saw.ShouldContain("the job is running, 10 % done");
        host.Store.OfClass("Msvm_ConcreteJob").ShouldAllBe(job => new CimJob(job).HasEnded);
    }

    [Fact]
    public async Task A_session_that_breaks_while_a_job_runs_leaves_no_job_that_goes_on()
    {
        var host = new SimulatedHost(new HostOptions { Faults = One("get Msvm_ConcreteJob", Lost) });

        await Should.ThrowAsync<CimCallException>(() => DefineAsync(host));

        host.Store.OfClass("Msvm_ConcreteJob").ShouldAllBe(job => new CimJob(job).HasEnded);
        host.Machines.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_job_tells_how_far_it_has_come_and_a_short_one_does_not()
    {
        var told = new List<string>();

        await DefineAsync(new SimulatedHost(new HostOptions { JobsTake = TimeSpan.FromSeconds(20) }), told.Add);
        await DefineAsync(new SimulatedHost(new HostOptions { JobsTake = TimeSpan.FromSeconds(1) }), told.Add);

        told.Count.ShouldBeInRange(8, 10);
        told.ShouldBeUnique();
        told.ShouldAllBe(line => line.StartsWith("define a machine: ", StringComparison.Ordinal));
    }

    private static Func<SimulatedCall, Fault?> One(string name, Fault fault)
    {
        var once = new Once<SimulatedCall>(call => call.Name == name);
        return call => once.IsAt(call) ? fault : null;
    }

    private static Task<CimObject> DefineAsync(HostOptions options) => DefineAsync(new SimulatedHost(options));

    private static Task<CimObject> DefineAsync(SimulatedHost host, Action<string>? progress = null)
    {
        var settings = new CimObject("Msvm_VirtualSystemSettingData").With(
            CimProperty.String("ElementName", "x"),
            CimProperty.String("VirtualSystemSubType", "Microsoft:Hyper-V:SubType:2"),
            CimProperty.String("SecureBootTemplateId", "1734c6e8-3154-4dda-ba5f-a874cc483422")
        );
        var service = host.Only("Msvm_VirtualSystemManagementService").Stored;
        var call = new CimCall(
            "define a machine",
            service,
            "DefineSystem",
            CimProperty.Embedded("SystemSettings", settings)
        );
        return new CimCalls(host.Namespace, host.Time) { Progress = progress ?? (_ => { }) }.InvokeAsync(
            call,
            "x",
            CancellationToken.None
        );
    }
}
