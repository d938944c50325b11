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
        var one = hypervisors.For(On("one"));

        hypervisors.For(Here with { Cpus = 7 }).ShouldBeSameAs(hypervisors.For(Here));
        one.ShouldNotBeSameAs(hypervisors.For(Here));
        hypervisors.For(On("one")).ShouldBeSameAs(one);
        hypervisors.For(On("two")).ShouldNotBeSameAs(one);
    }

    private static HostSpec On(string computer)
    {
        var place = new HyperVSpec { Computer = computer };
        return Here with { Provider = Provider.HyperV, HyperV = place };
    }
}
