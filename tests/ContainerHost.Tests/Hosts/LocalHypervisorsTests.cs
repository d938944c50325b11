using ContainerHost.Hosts;
using ContainerHost.Specification;
using ContainerHost.Tests.Prerequisites;

namespace ContainerHost.Tests.Hosts;

public sealed class LocalHypervisorsTests
{
    private static readonly HostSpec Here = new() { Name = HostName.Default };

    [Fact]
    public void There_is_one_hypervisor_for_each_place()
    {
        var hypervisors = new LocalHypervisors()
            .With(Provider.Qemu, spec => spec.Provider, _ => new FakeHypervisor())
            .With(Provider.HyperV, spec => spec.HyperV!, _ => new FakeHypervisor());
        var remote = Here with
        {
            Provider = Provider.HyperV,
            HyperV = new HyperVSpec { Computer = "one" },
        };

        hypervisors.For(Here with { Cpus = 7 }).ShouldBeSameAs(hypervisors.For(Here));
        hypervisors.For(remote).ShouldNotBeSameAs(hypervisors.For(Here));
        hypervisors
            .For(remote with { HyperV = new HyperVSpec { Computer = "one" } })
            .ShouldBeSameAs(hypervisors.For(remote));
        hypervisors
            .For(remote with { HyperV = new HyperVSpec { Computer = "two" } })
            .ShouldNotBeSameAs(hypervisors.For(remote));
    }
}
