using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class PortForwardTests
{
    [Theory]
    [InlineData("8080:80", "127.0.0.1:8080:80/tcp")]
    [InlineData("127.0.0.1:5432:5432/tcp", "127.0.0.1:5432:5432/tcp")]
    [InlineData("5353:53/udp", "127.0.0.1:5353:53/udp")]
    [InlineData("2222:22/udp", "127.0.0.1:2222:22/udp")]
    [InlineData("0.0.0.0:1:65535", "0.0.0.0:1:65535/tcp")]
    [InlineData(
        "65535:1, 127.0.0.2:65535:1,65535:1/udp",
        "127.0.0.1:65535:1/tcp,127.0.0.2:65535:1/tcp,127.0.0.1:65535:1/udp"
    )]
    public void What_is_typed_is_kept_whole_and_read_again_as_it_was(string text, string kept)
    {
        var forwards = Typed.Spec($"--provider Qemu --forward '{text}'").Forward.ShouldNotBeNull();

        forwards.ToString().ShouldBe(kept);
        PortForwards.Read(kept, []).ShouldBe(forwards);
    }

    [Theory]
    [InlineData("8080", "Two ports are needed")]
    [InlineData(":", "'' is no port")]
    [InlineData("8080:", "'' is no port")]
    [InlineData("0:80", "'0' is no port: they are numbers from 1 to 65535")]
    [InlineData("8080:0", "'0' is no port")]
    [InlineData("65536:80", "'65536' is no port")]
    [InlineData("8080:65536", "'65536' is no port")]
    [InlineData("08080:80", "'08080' is no port")]
    [InlineData("-1:80", "'-1' is no port")]
    [InlineData("8080-8090:80", "'8080-8090' is no port")]
    [InlineData("http:80", "'http' is no port")]
    [InlineData("99999999999:80", "'99999999999' is no port")]
    [InlineData("10.1:8080:80", "'10.1' is no IPv4 address")]
    [InlineData("010.0.0.1:8080:80", "'010.0.0.1' is no IPv4 address")]
    [InlineData("localhost:8080:80", "'localhost' is no IPv4 address")]
    [InlineData("224.0.0.1:8080:80", "'224.0.0.1' is no IPv4 address that a machine can have")]
    [InlineData("[::1]:8080:80", "IPv4 addresses only")]
    [InlineData("8080:80/sctp", "After the slash comes tcp or udp")]
    [InlineData("8080:80/tcp/udp", "After the slash comes tcp or udp")]
    [InlineData("2222:22", "Port 22 of the guest is its SSH server's")]
    [InlineData("1:2:3:4", "Two ports are needed")]
    [InlineData("8080:80,", "Two ports are needed")]
    [InlineData("8080:80,8080:81", "'127.0.0.1:8080:80/tcp' has that port of this machine already")]
    [InlineData("0.0.0.0:8080:80,8080:80", "'0.0.0.0:8080:80/tcp' has that port of this machine already")]
    [InlineData("8080:80;8081:81", "'8080' is no IPv4 address")]
    public void Anything_else_is_refused_with_what_is_wrong(string text, string told) =>
        Should
            .Throw<InvalidInputException>(() => Typed.Spec($"--provider Qemu --forward '{text}'"))
            .Problems.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                problem => problem.ShouldStartWith("--forward '"),
                problem => problem.ShouldContain("Allowed: [ADDRESS:]PORT:GUEST-PORT[/udp]"),
                problem => problem.ShouldContain(told)
            );

    [Fact]
    public void Every_problem_is_told_at_once() =>
        Should
            .Throw<InvalidInputException>(() => Typed.Spec("--provider Qemu --forward 0:80,8080:80,8081:22"))
            .Problems.Count.ShouldBe(2);

    [Theory]
    [InlineData(
        "--provider HyperV --guest debian-13-cloud --forward 8080:80,53:53/udp",
        "--forward '127.0.0.1:53:53/udp' is not possible on HyperV"
    )]
    [InlineData("--provider Qemu --network Restricted --forward 53:53/udp", "no answer by UDP out of the guest")]
    public void What_cannot_be_had_together_is_told(string line, string told) =>
        Should.Throw<InvalidInputException>(() => Typed.Spec(line)).Problems.ShouldHaveSingleItem().ShouldContain(told);

    [Fact]
    public void A_host_keeps_its_ports_until_others_are_given_or_none()
    {
        var has = Typed.Spec("--provider Qemu --forward 8080:80");

        Typed.Request("--cpus 3").ToSpec(has).Forward.ShouldBe(has.Forward);
        Typed.Request("--forward 8081:80").ToSpec(has).Forward!.ToString().ShouldBe("127.0.0.1:8081:80/tcp");
        Typed.Request("--forward none").ToSpec(has).Forward.ShouldBeNull();
    }

    [Theory]
    [InlineData("8080:80", 3, null)]
    [InlineData("8080:80,8082:81", 2, null)]
    [InlineData("8080:80,8081:81", 2, "two would have 8081")]
    [InlineData("65534:80", 3, "beyond the last port")]
    public void Each_of_several_hosts_has_the_ports_after_those_of_the_one_before(string text, int hosts, string? told)
    {
        var forwards = PortForwards.Read(text, [])!;

        if (told is null)
            forwards.ProblemFor(hosts).ShouldBeNull();
        else
            forwards.ProblemFor(hosts).ShouldNotBeNull().ShouldContain(told);
    }
}
