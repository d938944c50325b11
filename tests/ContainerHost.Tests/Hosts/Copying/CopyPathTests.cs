using ContainerHost.Errors;
using ContainerHost.Hosts.Copying;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Hosts.Copying;

/// <summary>Which of both paths is in a host, and what is none.</summary>
public sealed class CopyPathTests
{
    [Fact]
    public void One_of_both_is_in_a_host()
    {
        CopyPath.Read("web:/var/log", "./here", null).ShouldBe(new CopyPath(Named("web"), "/var/log", "./here", false));
        CopyPath.Read("./a:b", "web:/x", Named("web")).ShouldBe(new CopyPath(Named("web"), "/x", "./a:b", true));
    }

    [Theory]
    [InlineData(null, null, "--from-path must say")]
    [InlineData("", "web:/x", "--from-path must say")]
    [InlineData("web:/x", null, "--to-path must say")]
    [InlineData("a", "b", "one of them must be in a host")]
    [InlineData("web:/a", "db:/b", "one of them must be in a host")]
    [InlineData("web:var/log", "here", "begins with a slash")]
    [InlineData("web:", "here", "begins with a slash")]
    [InlineData("web:/a\nb", "here", "begins with a slash")]
    [InlineData("db:/a", "here", "--name 'web' is not the host of 'db:/a'")]
    public void Others_are_refused(string? from, string? to, string problem) =>
        Should.Throw<InvalidInputException>(() => CopyPath.Read(from, to, Named("web"))).Message.ShouldContain(problem);

    private static HostName Named(string name) =>
        HostName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name);
}
