using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Machines.Qemu;
using ContainerHost.Specification;
using ContainerHost.Tests.Sweeps;

namespace ContainerHost.EndToEnd;

/// <summary>What the sweeps do to a stand-in, a sample of it with the real QEMU: a machine is made of a template, and one call goes wrong.</summary>
internal static class FaultSampleTests
{
    private const int Runs = 20;
    private const int Seed = 13;
    private const string Name = "sample";

    private static readonly Dictionary<Port, PortFault[]> Kinds = new()
    {
        [Port.Process] =
        [
            PortFault.NoSpace,
            PortFault.InputOutput,
            PortFault.ReadOnly,
            PortFault.Denied,
            PortFault.Killed,
        ],
        [Port.Connect] = [PortFault.Lost, PortFault.Stalls],
        [Port.Guest] = [PortFault.InputOutput, PortFault.Lost, PortFault.Killed],
    };

    public static async Task RunAsync(Suite suite, string template)
    {
        var undisturbed = new Ports();
        (await CloneAsync(suite, undisturbed, template)).Failure.ShouldBeNull();
        await RemoveAsync(suite);
        var random = new Random(Seed);
        var cases = undisturbed
            .Calls.SelectMany(call => Kinds[call.Port].Select(fault => (Call: call, Fault: fault)))
            .OrderBy(_ => random.Next())
            .Take(Runs)
            .ToList();
        var told = 0;
        foreach (var (call, fault) in cases)
        {
            var ports = new Ports { Faults = one => one.Number == call.Number ? fault : null };
            if ((await CloneAsync(suite, ports, template)).Failure is { } failure)
            {
                told++;
                failure.Message.ShouldContain(Ports.Told(fault));
                suite.ShouldBeGone(Name);
                (await CloneAsync(suite, new Ports(), template)).Failure.ShouldBeNull($"after {fault} at {call}");
            }
            await RemoveAsync(suite);
        }
        Console.WriteLine($"Faults with the real QEMU: {cases.Count} runs (seed {Seed}), {told} of them told an error");
        told.ShouldBeGreaterThan(cases.Count / 2);
    }

    private static async Task<CloneOutcome> CloneAsync(Suite suite, Ports ports, string template)
    {
        var services = suite.Services;
        var processes = new DisturbedProcesses(services.Processes, ports);
        var disturbed = services with
        {
            Processes = processes,
            HypervisorFor = _ => new QemuHypervisor(services.Folders.CacheDirectory, processes, services.Time),
            Guests = new DisturbedGuests(services.Guests, ports),
        };
        try
        {
            return (
                await new Cloner(disturbed).CloneAsync(NameOf(template), [NameOf(Name)], CloneWishes.None, Token)
            ).Single();
        }
        catch (ContainerHostException before)
        {
            return new CloneOutcome(NameOf(Name), 0, before);
        }
    }

    private static async Task RemoveAsync(Suite suite)
    {
        await new HostRemover(suite.Services).RemoveAsync(NameOf(Name), Token);
        suite.ShouldBeGone(Name);
    }

    private static HostName NameOf(string text) =>
        HostName.TryParse(text, out var name) ? name : throw new ArgumentException(text);
}
