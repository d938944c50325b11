using System.Net;
using System.Net.Sockets;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Cim.Wmi;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests.Contracts;

/// <summary>
/// The adapter on Windows' own library and <c>root\cimv2</c>, which need no Hyper-V; and over WinRM on this machine. CONTAINERHOST_EXPECT_WINDOWS=1 has them run;
/// CONTAINERHOST_WINRM_USER and _PASSWORD are an account of it. .github/workflows/windows.yml does so.
/// </summary>
public sealed class RealWindowsTests
{
    private const string Space = @"root\cimv2";

    [Fact]
    public async Task A_query_has_typed_values_and_a_path_that_reads_the_same_instance()
    {
        using var space = Local();
        var system = (await space.QueryAsync(WqlQuery.From("Win32_OperatingSystem"), Token)).ShouldHaveSingleItem();

        system.Get<DateTimeOffset>("LastBootUpTime").ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        system.Get<ulong>("FreePhysicalMemory").ShouldBeGreaterThan(0UL);
        var again = await space.GetAsync(system.Stored, Token);
        again.Text("BuildNumber").ShouldBe(system.Text("BuildNumber"));
    }

    [Fact]
    public async Task What_is_not_there_is_told_apart()
    {
        using var space = Local();
        var absent = CimPath.Of("Win32_Service", ("Name", "containerhost-no-such-service"));

        (await FailAsync(() => space.GetAsync(absent, Token))).Failure.ShouldBe(CimFailure.NotFound);
        (await FailAsync(() => space.QueryAsync(WqlQuery.From("Win32_NoSuchClass"), Token))).Failure.ShouldBe(
            CimFailure.Missing
        );
        using var nowhere = new MiNamespace(new CimTarget(null), @"root\nowhere", TimeProvider.System);
        (await FailAsync(() => nowhere.QueryAsync(WqlQuery.From("X"), Token))).Failure.ShouldBe(CimFailure.Missing);
    }

    [Fact]
    public async Task Associators_are_found()
    {
        using var space = Local();
        var disk = (await space.QueryAsync(WqlQuery.From("Win32_LogicalDisk").Where("DeviceID", "C:"), Token)).Single();

        var found = await space.AssociatorsAsync(
            disk.Stored,
            "Win32_LogicalDiskToPartition",
            "Win32_DiskPartition",
            Token
        );

        found.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_method_hands_out_parameters_back()
    {
        using var space = Local();
        var call = new CimCall(
            "start a process",
            CimPath.Of("Win32_Process", ("Handle", $"{Environment.ProcessId}")),
            "GetOwnerSid"
        );

        var (code, outgoing) = await space.InvokeAsync(call, Token);

        code.ShouldBe(0u);
        outgoing.Text("Sid").ShouldStartWith("S-1-5-");
    }

    [Fact]
    public async Task A_call_that_is_cancelled_ends_cancelled_and_the_session_goes_on()
    {
        using var space = Local();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Should.ThrowAsync<OperationCanceledException>(() =>
            space.QueryAsync(WqlQuery.From("CIM_DataFile").Where("Drive", "C:"), cancelled.Token)
        );

        (await space.QueryAsync(WqlQuery.From("Win32_ComputerSystem"), Token)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Over_winrm_the_right_password_reads_and_a_wrong_one_is_told()
    {
        var (user, password) = Account();
        using var right = Remote(HyperVTransport.Http, user, password);
        using var wrong = Remote(HyperVTransport.Http, user, "no password of anybody");

        var system = (await right.QueryAsync(WqlQuery.From("Win32_OperatingSystem"), Token)).Single();
        system.Get<DateTimeOffset>("LastBootUpTime").ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        system.Path.ShouldNotBeNull("keys are known over WinRM too");
        var absent = CimPath.Of("Win32_Service", ("Name", "containerhost-no-such-service"));
        (await FailAsync(() => right.GetAsync(absent, Token))).Failure.ShouldBe(CimFailure.NotFound);
        (await FailAsync(() => wrong.QueryAsync(WqlQuery.From("Win32_OperatingSystem"), Token))).Failure.ShouldBeOneOf(
            CimFailure.AccessDenied,
            CimFailure.WrongCredentials
        );
    }

    [Fact]
    public async Task A_closed_port_a_silent_one_and_one_whose_certificate_nobody_signed_are_told_apart()
    {
        var (user, password) = Account();
        var expected = Environment.GetEnvironmentVariable("CONTAINERHOST_WINRM_HTTPS");
        using var silent = expected == "silent" ? new TcpListener(IPAddress.Loopback, 5986) : null;
        silent?.Start();
        using var space = Remote(HyperVTransport.Https, user, password);

        var failed = await FailAsync(() => space.QueryAsync(WqlQuery.From("Win32_OperatingSystem"), Token));

        System.Console.WriteLine($"HTTPS, {expected}: {failed.Failure} 0x{failed.Code:X8}: {failed.Saw}");
        CimFailure[] allowed = expected switch
        {
            "self-signed" => [CimFailure.Untrusted],
            "silent" => [CimFailure.TimedOut, CimFailure.Unreachable],
            _ => [CimFailure.Unreachable],
        };
        failed.Failure.ShouldBeOneOf(allowed);
    }

    private static MiNamespace Local()
    {
        RequireWindows();
        return new MiNamespace(new CimTarget(null), Space, TimeProvider.System);
    }

    private static MiNamespace Remote(HyperVTransport transport, string user, string password) =>
        new(
            new CimTarget("localhost", transport, HyperVAuthentication.Negotiate, user, password),
            Space,
            TimeProvider.System
        );

    private static (string User, string Password) Account()
    {
        RequireWindows();
        var user = Environment.GetEnvironmentVariable("CONTAINERHOST_WINRM_USER");
        var password = Environment.GetEnvironmentVariable("CONTAINERHOST_WINRM_PASSWORD");
        Assert.SkipWhen(user is null || password is null, "CONTAINERHOST_WINRM_USER and _PASSWORD are not set.");
        return (user!, password!);
    }

    private static void RequireWindows() =>
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("CONTAINERHOST_EXPECT_WINDOWS") == "1",
            "CONTAINERHOST_EXPECT_WINDOWS is not 1."
        );

    private static Task<CimCallException> FailAsync<T>(Func<Task<T>> ask) => Should.ThrowAsync<CimCallException>(ask);
}
