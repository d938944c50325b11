using ContainerHost.Errors;
using ContainerHost.HyperV.Simulator.Time;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Cim.Wmi;
using ContainerHost.Machines.HyperV.Files;
using ContainerHost.Specification;
using Mi = Microsoft.Management.Infrastructure;

namespace ContainerHost.HyperV.Tests.Cim.Wmi;

/// <summary>What of the adapter can be held to something without Windows' native library: its options, errors, types and paths.</summary>
public sealed class MiAdapterTests
{
    private static readonly CimCall Call = new("define it", CimPath.Of("X", ("Y", "Z")), "DefineSystem");

    [Fact]
    public void This_machine_needs_no_options() => MiPlan.For(new CimTarget(null)).ShouldBeNull();

    [Fact]
    public void A_remote_host_is_reached_over_tls_unless_asked_otherwise() =>
        MiPlan
            .For(new CimTarget("lab7", User: @"LAB\ada"))
            .ShouldBe(
                new MiPlan
                {
                    UseSsl = true,
                    Port = 5986,
                    Mechanism = HyperVAuthentication.Negotiate,
                    Domain = "LAB",
                    User = "ada",
                }
            );

    [Theory]
    [InlineData(HyperVTransport.Http, false, 5985u)]
    [InlineData(HyperVTransport.Dcom, true, 0u)]
    internal void Without_tls_messages_are_encrypted_by_what_was_agreed(HyperVTransport transport, bool dcom, uint port)
    {
        var plan = MiPlan.For(new CimTarget("lab7", transport, HyperVAuthentication.Kerberos, "ada@lab.example.org"))!;

        (plan.UsesDcom, plan.UseSsl, plan.Port).ShouldBe((dcom, false, port));
        (plan.Mechanism, plan.Domain, plan.User).ShouldBe((HyperVAuthentication.Kerberos, null, "ada@lab.example.org"));
    }

    [Fact]
    public void A_target_does_not_show_its_password() =>
        new CimTarget("lab7", User: "ada", Password: "a secret").ToString().ShouldNotContain("secret");

    [Theory]
    [InlineData(1u, 0x8007052Eu, "WrongCredentials", "--hyper-v-password")]
    [InlineData(2u, 0u, "AccessDenied", "Hyper-V Administrators")]
    [InlineData(1u, 0x80338012u, "Unreachable", "winrm quickconfig")]
    [InlineData(1u, 0x800706BAu, "Unreachable", "5986")]
    [InlineData(3u, 0u, "Missing", "Hyper-V role")]
    [InlineData(5u, 0u, "Missing", "Hyper-V role")]
    [InlineData(6u, 0u, "NotFound", "run the target again")]
    [InlineData(1u, 0x800706BEu, "Unreachable", "5986")]
    [InlineData(1u, 0x80338126u, "Unreachable", "5986")]
    [InlineData(1u, 0x803381B9u, "Unreachable", "5986")]
    [InlineData(1u, 0x80338029u, "TimedOut", "5986")]
    [InlineData(1u, 0x80041069u, "TimedOut", "5986")]
    [InlineData(1u, 0x80072F0Du, "Untrusted", "certificate")]
    [InlineData(1u, 0x803380E4u, "Untrusted", "certificate")]
    [InlineData(4u, 0u, "Refused", "VMMS/Admin")]
    public void An_error_keeps_its_code_and_says_what_to_do(uint native, uint code, string failure, string advice)
    {
        var error = MiErrors.Make(native, code, "words of Windows", "query Msvm_X", new CimTarget("lab7"));

        error.Failure.ToString().ShouldBe(failure);
        error.Code.ShouldBe(code);
        error.Message.ShouldContain("lab7: words of Windows");
        error.Try.ShouldContain(advice);
    }

    [Theory]
    [InlineData("lab7", HyperVTransport.Https, "'winrm quickconfig -transport:https'", "TCP 5986")]
    [InlineData("lab7", HyperVTransport.Http, "'winrm quickconfig'", "TCP 5985")]
    [InlineData("lab7", HyperVTransport.Dcom, "Windows Management Instrumentation", "TCP 135")]
    [InlineData(null, HyperVTransport.Https, "winmgmt", "this machine")]
    internal void A_host_that_does_not_answer_is_told_with_the_port_of_its_transport(
        string? computer,
        HyperVTransport transport,
        string service,
        string place
    )
    {
        var target = new CimTarget(computer, transport);

        var error = MiErrors.Make(1, 0x80338012, "words of Windows", "query Msvm_X", target);

        error.Try.ShouldContain(service);
        error.Try.ShouldContain(place);
    }

    // The shapes in which Windows' library tells them: PowerShell's issue 15799, dotnet/interactive's 224, and errors of CIM alone.
    [Theory]
    [InlineData("HRESULT 0x80338041", 0x80338041u)]
    [InlineData("HRESULT 0x800706BA", 0x800706BAu)]
    [InlineData("Windows System Error 87", 0x80070057u)]
    [InlineData("Windows System Error 1326", 0x8007052Eu)]
    [InlineData("MI RESULT 7", null)]
    [InlineData("HRESULT 0x", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_code_of_windows_is_in_the_id_of_the_message(string? messageId, uint? code) =>
        MiErrors.CodeOf(messageId).ShouldBe(code);

    [Theory]
    [InlineData(Mi.CimType.UInt16, false)]
    [InlineData(Mi.CimType.UInt16Array, true)]
    [InlineData(Mi.CimType.StringArray, true)]
    [InlineData(Mi.CimType.DateTime, false)]
    public void Types_are_told_apart_with_their_arrays(Mi.CimType type, bool isArray) =>
        MiValues.Read("X", type, null).ShouldNotBeNull().IsArray.ShouldBe(isArray);

    [Fact]
    public void Every_type_of_ours_is_one_of_the_librarys_alone_and_in_arrays()
    {
        foreach (var type in Enum.GetValues<CimType>())
        foreach (var isArray in new[] { false, true })
        {
            var theirs = Enum.Parse<Mi.CimType>($"{type}{(isArray ? "Array" : "")}");
            var read = MiValues.Read("X", theirs, null).ShouldNotBeNull();
            (read.Type, read.IsArray).ShouldBe((type, isArray));
        }
    }

    [Theory]
    [InlineData(Mi.CimType.Unknown)]
    [InlineData(Mi.CimType.Char16)]
    [InlineData(Mi.CimType.Real32)]
    public void A_type_that_nothing_reads_is_left_out(Mi.CimType type) => MiValues.Read("X", type, null).ShouldBeNull();

    [Theory]
    [InlineData(Mi.CimType.Instance, false)]
    [InlineData(Mi.CimType.InstanceArray, true)]
    public void An_instance_is_read_as_where_it_is(Mi.CimType type, bool isArray)
    {
        var read = MiValues.Read("Job", type, null).ShouldNotBeNull();
        (read.Type, read.IsArray).ShouldBe((CimType.Reference, isArray));
    }

    [Fact]
    public void Without_tls_a_host_that_is_not_trusted_is_told_with_the_ways_to_trust_it() =>
        MiErrors
            .Make(1, 0x803380E4, "words", "query Msvm_X", new CimTarget("lab7", HyperVTransport.Http))
            .Try.ShouldContain("TrustedHosts");

    [Fact]
    public void A_wrong_password_may_be_told_as_denied_access() =>
        MiErrors
            .Make(2, 2, "words", "query Msvm_X", new CimTarget("lab7", User: "ada"))
            .Try.ShouldContain("--hyper-v-password");

    [Fact]
    public async Task Without_windows_the_way_out_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This machine is Windows.");
        using var space = new MiNamespace(new CimTarget(null), @"root\virtualization\v2", TimeProvider.System);

        var missing = await Should.ThrowAsync<PrerequisitesMissingException>(() =>
            space.QueryAsync(WqlQuery.From("Msvm_ComputerSystem"), Token)
        );

        missing.Try.ShouldContain("--provider Qemu");
    }

    [Theory]
    [InlineData(null, @"D:\VMs\a.vhdx", @"D:\VMs\a.vhdx")]
    [InlineData("lab7", @"D:\VMs\a.vhdx", @"\\lab7\D$\VMs\a.vhdx")]
    [InlineData("lab7", @"\\store\vms\a.vhdx", @"\\store\vms\a.vhdx")]
    public void Files_of_a_remote_host_go_through_its_administrative_share(
        string? computer,
        string path,
        string reached
    ) => WindowsFiles.Reach(computer, path).ShouldBe(reached);

    [Theory]
    [InlineData(@"\\lab7\D$\VMs\a.vhdx", @"\\lab7\D$")]
    [InlineData(@"\\store\vms", @"\\store\vms")]
    [InlineData(@"D:\VMs", null)]
    [InlineData(@"\\lab7", null)]
    public void One_logs_in_at_the_share_of_a_path(string path, string? share) =>
        ShareLogins.ShareOf(path).ShouldBe(share);

    [Theory]
    [InlineData("localhost", true)]
    [InlineData(".", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("192.0.2.7", false)]
    [InlineData("lab7", false)]
    public void This_machine_is_known_by_its_names(string name, bool isThis) => ThisMachine.Is(name).ShouldBe(isThis);

    [Fact]
    public void This_machine_is_known_by_its_own_name() =>
        ThisMachine.Is(Environment.MachineName.ToUpperInvariant()).ShouldBeTrue();

    [Theory]
    [InlineData((uint)4096, 4096u)]
    [InlineData((ushort)7, 7u)]
    [InlineData("32775", 32775u)]
    public void What_a_method_returned_is_read_whatever_its_type(object value, uint code) =>
        MiNamespace.CodeOf(value, Call).ShouldBe(code);

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData(-1)]
    public void What_is_no_number_is_an_error_of_ours(object? value) =>
        Should.Throw<CimCallException>(() => MiNamespace.CodeOf(value, Call)).Attempted.ShouldBe("define it");

    [Fact]
    public async Task A_host_that_accepts_and_never_answers_is_given_up()
    {
        var time = new VirtualTime();
        using var never = new ManualResetEventSlim();
        using var space = new MiNamespace(new CimTarget("lab7"), @"root\cimv2", time, Hang);

        var asked = space.QueryAsync(WqlQuery.From("Win32_OperatingSystem"), Token);
        while (!asked.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var late = await Should.ThrowAsync<CimCallException>(() => asked);
        never.Set();
        late.Failure.ShouldBe(CimFailure.TimedOut);
        late.Try.ShouldContain("TCP 5986");

        Mi.CimSession Hang()
        {
            never.Wait(Token);
            throw new InvalidOperationException("nobody waits for this");
        }
    }

    [Fact]
    public void What_cannot_be_tidied_up_hides_no_error()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;

        // A folder cannot be deleted as a file: access is denied.
        WindowsFiles.TryDelete(folder);

        Directory.Delete(folder);
    }

    [Fact]
    public void A_path_that_no_share_leads_to_is_told() =>
        Should
            .Throw<ContainerHostException>(() => WindowsFiles.Reach("lab7", "VMs"))
            .Message.ShouldContain("VMs on lab7");
}
