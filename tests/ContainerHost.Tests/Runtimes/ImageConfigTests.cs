using System.Text.Json.Nodes;
using ContainerHost.Runtimes;

namespace ContainerHost.Tests.Runtimes;

public sealed class ImageConfigTests
{
    private static readonly JsonNode? Config = JsonNode.Parse(
        """{"Entrypoint": ["/init"], "Cmd": ["serve", "--now"], "Env": ["A=1"], "WorkingDir": "/srv"}"""
    );

    [Fact]
    public void The_images_own_command_comes_after_its_entry_point()
    {
        var config = ImageConfig.Parse(Config, []);

        config.Command.ShouldBe(["/init", "serve", "--now"]);
        config.Environment.ShouldBe(["A=1"]);
        config.WorkingDirectory.ShouldBe("/srv");
    }

    [Fact]
    public void A_given_command_takes_the_place_of_its_command_only() =>
        ImageConfig.Parse(Config, ["look"]).Command.ShouldBe(["/init", "look"]);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Entrypoint": null, "Cmd": null, "Env": null}""")]
    public void What_an_image_leaves_out_is_empty(string json)
    {
        var config = ImageConfig.Parse(JsonNode.Parse(json), []);

        (config.Command.Count, config.Environment.Count, config.WorkingDirectory).ShouldBe((0, 0, ""));
    }
}
