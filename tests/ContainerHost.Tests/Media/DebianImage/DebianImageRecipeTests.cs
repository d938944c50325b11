using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Media.DebianImage;
using ContainerHost.Runtimes;
using ContainerHost.Tests.Specification;

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

    [Theory]
    [InlineData("--runtime Containerd", "--runtime Docker")]
    [InlineData("--isolation Both", "--isolation Process")]
    [InlineData("--runtime Docker", "--runtime None --isolation Process")]
    [InlineData("--runtime-version latest", "")]
    public void Each_runtime_and_isolation_has_an_image_of_its_own(string one, string other) =>
        RecipeFor(one).Fingerprint.ShouldNotBe(RecipeFor(other).Fingerprint);

    [Fact]
    public void What_an_image_does_not_depend_on_makes_no_other()
    {
        RecipeFor("--memory 4GiB --cpus 1").Fingerprint.ShouldBe(RecipeFor("").Fingerprint);
        // It proves nothing else, and has the same packages.
        RecipeFor("--isolation HyperV").Fingerprint.ShouldBe(RecipeFor("").Fingerprint);
        RecipeFor("--runtime None --isolation Process").Software.ShouldBeNull();
    }

    private static DebianImageRecipe RecipeFor(string parameters)
    {
        var spec = Typed.Request($"--provider Qemu --guest debian-13 {parameters}".Trim()).ToSpec();
        return new DebianImageRecipe("trixie", [], "index") { Software = DebianRuntimes.SoftwareOf(spec) };
    }
}
