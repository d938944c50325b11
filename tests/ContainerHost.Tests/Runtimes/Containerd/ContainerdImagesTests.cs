using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Runtimes.Containerd;
using ContainerHost.Tests.Verification;

namespace ContainerHost.Tests.Runtimes.Containerd;

/// <summary>What a guest's content store says of an image, well-formed and not (OCI image specification, v1.1).</summary>
public sealed class ContainerdImagesTests
{
    private const string Listed =
        "REF TYPE DIGEST\nlab/app:1 application/vnd.oci.image.index.v1+json sha256:index 1 B\n";

    private readonly Dictionary<string, string> _contents = new()
    {
        ["sha256:index"] =
            """{"manifests":[{"digest":"sha256:arm","platform":{"architecture":"arm64"}},{"digest":"sha256:amd","platform":{"architecture":"amd64"}}]}""",
        ["sha256:amd"] =
            """{"config":{"digest":"sha256:config"},"layers":[{"digest":"sha256:l1","size":5},{"digest":"sha256:l2","size":7}]}""",
        ["sha256:config"] = """{"os":"linux","architecture":"amd64","config":{"Cmd":["run"]}}""",
    };

    [Fact]
    public async Task The_image_of_the_guests_architecture_is_told()
    {
        var image = await DescribeAsync();

        image.Digest.ShouldBe("sha256:index");
        image.ImageId.ShouldBe("sha256:config");
        image.Size.ShouldBe(12);
        image.Command.ShouldBe(["run"]);
    }

    [Theory]
    [InlineData("sha256:index", "half {")]
    [InlineData("sha256:index", "null")]
    [InlineData("sha256:index", "[1]")]
    [InlineData("sha256:index", """{"manifests":[{}]}""")]
    [InlineData("sha256:amd", """{"layers":[null]}""")]
    [InlineData("sha256:amd", """{"layers":[{"digest":5,"size":"x"}]}""")]
    [InlineData("sha256:amd", """{"config":{"digest":5}}""")]
    [InlineData("sha256:config", """{"os":5}""")]
    [InlineData("sha256:config", """{"config":{"Cmd":[null]}}""")]
    [InlineData("sha256:config", "")]
    public async Task Anything_else_is_one_error(string digest, string content)
    {
        _contents[digest] = content;

        (await Should.ThrowAsync<ContainerHostException>(DescribeAsync)).Attempted.ShouldBe(
            "read what the guest answered"
        );
    }

    private Task<PulledImage> DescribeAsync() =>
        new ContainerdImages(new FakeGuestShell(Answer)).DescribeAsync(
            "lab/app:1",
            TestContext.Current.CancellationToken
        );

    private CommandResult Answer(Command command) =>
        new(0, command.Arguments.Contains("list") ? Listed : _contents[command.Arguments[^1]], "");
}
