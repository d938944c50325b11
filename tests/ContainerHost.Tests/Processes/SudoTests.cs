using ContainerHost.Processes;

namespace ContainerHost.Tests.Processes;

public sealed class SudoTests
{
    [Fact]
    public void A_command_keeps_its_words_and_its_input()
    {
        var command = Sudo.Of(new Command("umount", "--lazy", "/a b") { StandardInput = "x" });

        command.ToString().ShouldBe("sudo -n umount --lazy '/a b'");
        command.StandardInput.ShouldBe("x");
    }
}
