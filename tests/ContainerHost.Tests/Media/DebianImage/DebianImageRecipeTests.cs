using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Media.DebianImage;

namespace ContainerHost.Tests.Media.DebianImage;

public sealed class DebianImageRecipeTests
{
    [Fact]
    public void The_image_leaves_cloud_inits_modules_as_its_package_lists_them()
    {
        const string begin = "90_containerhost.cfg\" <<'EOF'\n";
        var hook = DebianImageRecipe.CustomizeHook.ReplaceLineEndings("\n");
        var from = hook.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var text = hook[from..hook.IndexOf("\nEOF\n", from, StringComparison.Ordinal)];

        var config = CloudConfig.TryRead(text, out _).ShouldBeOfType<Dictionary<object, object?>>();

        config.Keys.ShouldContain("datasource_list");
        config.Keys.ShouldNotContain(key => ((string)key).EndsWith("_modules", StringComparison.Ordinal));
    }
}
