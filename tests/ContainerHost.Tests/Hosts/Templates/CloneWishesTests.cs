using ContainerHost.Hosts.Templates;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Hosts.Templates;

public sealed class CloneWishesTests
{
    [Fact]
    public void What_is_the_templates_is_refused_where_it_was_typed()
    {
        var request = new HostRequest()
            .With("cpus", "4", ParameterOrigin.CommandLine)
            .With("runtime", "Docker", ParameterOrigin.CommandLine)
            .With("forward", "8080:80", ParameterOrigin.CommandLine)
            .With("memory", "4GiB", "environment variable NUKE_MEMORY");

        CloneWishes
            .ProblemsOf(request)
            .Select(problem => problem.Split(" is ")[0])
            .ShouldBe(["--cpus", "--runtime"], ignoreOrder: true);
    }

    [Fact]
    public void What_concerns_the_run_alone_is_none_of_it() =>
        CloneWishes
            .ProblemsOf(
                new HostRequest()
                    .With("timeout", "5m", ParameterOrigin.CommandLine)
                    .With("name", "lab", ParameterOrigin.CommandLine)
                    .With("provider", "Qemu", ParameterOrigin.CommandLine)
            )
            .ShouldBeEmpty();
}
