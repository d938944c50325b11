using System.Net;
using System.Net.Sockets;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Hosts.Ports;
using ContainerHost.Tests.Machines;
using ContainerHost.Tests.Machines.Qemu;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ContainerHost.Tests.Hosts.Life;

/// <summary>Ports of hosts that are off, and of one that runs as far as a real QEMU without a guest does.</summary>
public sealed class HostPortsTests : FolderTest, ILogEventSink
{
    private readonly HostServices _services;
    private readonly List<string> _warnings = [];
    private readonly int _port = FreePort.Next();
    private MachineSpec? _running;

    public HostPortsTests() =>
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => new QemuHypervisor(In("cache"), new ProcessRunner(), TimeProvider.System),
            Log = new LoggerConfiguration().WriteTo.Sink(this).CreateLogger(),
            Guests = null!,
            Processes = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    void ILogEventSink.Emit(LogEvent logEvent)
    {
        if (logEvent.Level == LogEventLevel.Warning)
            _warnings.Add(logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    public override ValueTask DisposeAsync()
    {
        if (_running is not null)
            SleepingQemu.End(_running.Folder);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_is_off_keeps_them_for_later()
    {
        var name = await MakeAsync("off");

        (await Ports.AddAsync(name, $"{_port}:80", Token)).ShouldContain("is off");
        await Ports.AddAsync(name, $"{_port}:80,{_port}:53/udp", Token);

        Kept(name).ShouldBe($"127.0.0.1:{_port}:80/tcp,127.0.0.1:{_port}:53/udp");
        await Ports.RemoveAsync(name, $"{_port}:80", Token);
        await Ports.RemoveAsync(name, $"{_port}:80", Token);
        Kept(name).ShouldBe($"127.0.0.1:{_port}:53/udp");
        (await Ports.RemoveAsync(name, $"{_port}:53/udp", Token)).ShouldContain("no port leads to 'off'");
        Kept(name).ShouldBeNull();
        // The second time it was not there.
        _warnings.ShouldHaveSingleItem().ShouldContain("did not lead to");
    }

    [Fact]
    public async Task A_host_that_runs_has_them_at_once_and_the_list_of_hosts_tells_of_those_that_it_lost()
    {
        var name = await RunAsync("runs");

        await Ports.AddAsync(name, $"{_port}:80", Token);

        PortForward one = new(IPAddress.Loopback, _port, 80);
        (await InEffectAsync(name)).ShouldBe([one]);
        (await ListedAsync()).ShouldSatisfyAllConditions(
            host => host.Forwards.ShouldBe([$"{one}"]),
            host => host.Problem.ShouldBeNull()
        );
        // It has the port itself, which is in nobody's way.
        await Ports.AddAsync(name, $"{_port}:80,{_port}:53/udp", Token);
        await Hypervisor.ForwardAsync(_services.Store.FolderOf(name), [], Token);
        (await ListedAsync()).Problem.ShouldBe($"not forwarded: {one}, 127.0.0.1:{_port}:53/udp");
        (await Ports.RemoveAsync(name, $"{_port}:80", Token)).ShouldBe($"to 'runs' lead 127.0.0.1:{_port}:53/udp");
        (await InEffectAsync(name)).ShouldBe([one with { GuestPort = 53, IsUdp = true }]);
    }

    [Fact]
    public async Task A_port_that_another_has_is_refused_and_nothing_is_changed()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var used = ((IPEndPoint)taken.LocalEndpoint).Port;
        var first = await MakeAsync("first");
        var second = await RunAsync("second");
        await Ports.AddAsync(first, $"{_port}:80", Token);

        var problems = (
            await Should.ThrowAsync<InvalidInputException>(
                Ports.AddAsync(second, $"0.0.0.0:{_port}:80,{used}:80,203.0.113.7:8080:80", Token)
            )
        ).Problems;

        problems.Count.ShouldBe(3);
        problems[0].ShouldContain("the host 'first' has the port; Unforward takes it away");
        problems[1].ShouldContain("the port is in use");
        problems[2].ShouldContain("203.0.113.7 is no address of this machine");
        Kept(second).ShouldBeNull();
        (await InEffectAsync(second)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_port_that_the_host_has_for_another_is_refused()
    {
        var name = await MakeAsync("off");
        await Ports.AddAsync(name, $"{_port}:80", Token);

        var refused = await Should.ThrowAsync<InvalidInputException>(Ports.AddAsync(name, $"{_port}:81", Token));

        refused.Problems.ShouldHaveSingleItem().ShouldContain($"the host has 127.0.0.1:{_port}:80/tcp; Unforward");
    }

    [Fact]
    public async Task What_others_reach_is_had_with_a_warning()
    {
        var name = await MakeAsync("open");

        await Ports.AddAsync(name, $"0.0.0.0:{_port}:80", Token);

        _warnings.ShouldHaveSingleItem().ShouldContain("whoever reaches this machine at");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    public async Task Ports_must_be_named(string? ports)
    {
        var name = await MakeAsync("off");
        await Ports.AddAsync(name, $"{_port}:80", Token);

        (await Should.ThrowAsync<InvalidInputException>(Ports.AddAsync(name, ports, Token)))
            .Problems.ShouldHaveSingleItem()
            .ShouldContain("--forward must say which ports");
        (await Should.ThrowAsync<InvalidInputException>(Ports.RemoveAsync(name, ports, Token)))
            .Problems.ShouldHaveSingleItem()
            .ShouldContain($"of those that the host has: 127.0.0.1:{_port}:80/tcp");
    }

    private HostPorts Ports => new(_services);

    private IHypervisor Hypervisor => _services.HypervisorFor(null!);

    private string? Kept(HostName name) => _services.Store.Load(name)!.Spec.Forward?.ToString();

    private Task<IReadOnlyList<PortForward>> InEffectAsync(HostName name) =>
        Hypervisor.GetForwardsAsync(_services.Store.FolderOf(name), Token);

    private async Task<HostOverview> ListedAsync() => (await new HostLister(_services).ListAsync(Token)).Single();

    private async Task<HostName> MakeAsync(string text)
    {
        HostName.TryParse(text, out var name).ShouldBeTrue();
        var machine = MachineOf(name!);
        var made = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        await _services.Store.SaveAsync(
            new HostState
            {
                Spec = Tests.Specification.Typed.Spec($"--provider Qemu --name {text}"),
                InstanceId = machine.InstanceId,
                CreatedAt = DateTimeOffset.UnixEpoch,
            }.With(Step.CreateVm, made),
            Token
        );
        await MachineFile.SaveAsync(machine.Folder, new QemuMachine(machine, "tcg", Port: 0), Token);
        await File.WriteAllTextAsync(machine.Folder.Disk, "", Token);
        return name!;
    }

    private async Task<HostName> RunAsync(string text)
    {
        var name = await MakeAsync(text);
        await SleepingQemu.StartAsync(_running = MachineOf(name));
        return name;
    }

    private MachineSpec MachineOf(HostName name) =>
        MachineSample.Built with
        {
            Name = name,
            Folder = _services.Store.FolderOf(name),
            InstanceId = new Guid(
                System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Folder + name.Value))[
                    ..16
                ]
            ),
        };
}
