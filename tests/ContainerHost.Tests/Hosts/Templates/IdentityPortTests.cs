using System.Text;
using ContainerHost.Errors;
using ContainerHost.Hosts.Templates;

namespace ContainerHost.Tests.Hosts.Templates;

/// <summary>What become.py says on its port.</summary>
public sealed class IdentityPortTests
{
    [Theory]
    [InlineData("done 10.0.2.15\n", "10.0.2.15")]
    // Where no network gave one; and of a template that an earlier build made.
    [InlineData("done \n", "")]
    [InlineData("done\n", "")]
    public async Task A_clones_address_comes_behind_the_word(string said, string address) =>
        (await ExpectAsync(said)).ShouldBe(address);

    [Theory]
    [InlineData("failed: OSError(2, 'no such file')\n")]
    [InlineData("doner\n")]
    [InlineData("")]
    public async Task What_went_wrong_is_told_as_it_was_said(string said)
    {
        var failed = await Should.ThrowAsync<ContainerHostException>(ExpectAsync(said));

        failed.Saw.ShouldBe($"the guest said '{said.TrimEnd('\n')}' instead of 'done'");
    }

    private static async Task<string> ExpectAsync(string said)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(said));
        await using var port = new IdentityPort(stream, "lab", TimeSpan.FromMinutes(1));
        return await port.ExpectAsync("done", Token);
    }
}
