using ContainerHost.Machines.Qemu;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>How QEMU is told whom to become; that it does, QemuContractTests show on the real one (7.2).</summary>
public sealed class QemuUserTests
{
    private static readonly Guid Mark = Guid.Parse("00ffffff-0000-0000-0000-000000000000");

    // QEMU, docs/about/deprecated.rst: "-runas" is deprecated since 9.1, where "-run-with user=" takes its place.
    [Theory]
    [InlineData("7.2.22", "-runas", "1895825407:1895825407")]
    [InlineData("9.0.4", "-runas", "1895825407:1895825407")]
    [InlineData("9.1.0", "-run-with", "user=1895825407:1895825407")]
    [InlineData("10.0.2", "-run-with", "user=1895825407:1895825407")]
    public void The_words_are_those_of_its_version(string version, string option, string value)
    {
        Assert.SkipUnless(QemuUser.CanBecomeAnother(), "only root with all its powers changes users");

        QemuUser.ArgumentsFor(Mark, version).ShouldBe([option, value]);
    }

    [Fact]
    public void Machines_have_users_of_their_own() =>
        QemuUser.Of(Mark).ShouldNotBe(QemuUser.Of(Guid.Parse("00000001-0000-0000-0000-000000000000")));
}
