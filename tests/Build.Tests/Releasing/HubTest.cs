using ContainerHost.Errors;
using Releasing;

namespace Build.Tests.Releasing;

/// <summary>Tests with a hub each, and a release of three files to bring there.</summary>
public abstract class HubTest : IAsyncLifetime
{
    protected const string Tag = "v0.1.0";

    private readonly string _folder = Directory.CreateTempSubdirectory("release-").FullName;

    private protected Hub Hub { get; private set; } = null!;

    private protected IReadOnlyList<ReleaseFile> Files { get; private set; } = [];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected HubRelease Published => Hub.Releases.ShouldHaveSingleItem();

    public ValueTask InitializeAsync()
    {
        Hub = Hub.Start();
        Files =
        [
            Make("It.0.1.0.nupkg", "the package"),
            Make("It.0.1.0.snupkg", "the symbols"),
            Make("SHA256SUMS", "sums"),
        ];
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected ReleaseFile Make(string name, string content)
    {
        File.WriteAllText(Path.Combine(_folder, name), content);
        return ReleaseFile.Of(Path.Combine(_folder, name));
    }

    private protected Task PublishAsync(
        string token = Hub.Token,
        string key = Hub.Key,
        bool dryRun = false,
        string? source = null
    )
    {
        var settings = PublishSettings.Read(
            $"{Hub.Address}",
            token,
            "me/it",
            remote: null,
            source ?? $"{Hub.Address}v3/index.json",
            key,
            dryRun
        );
        return new Publishing(settings, new WantedRelease(Tag, "c0ffee", "What is new", false, Files)).RunAsync(Token);
    }

    /// <summary>How Publish fails; what it tells has no secret.</summary>
    private protected async Task<ContainerHostException> FailAsync(string token = Hub.Token, string key = Hub.Key)
    {
        var failure = await Should.ThrowAsync<ContainerHostException>(() => PublishAsync(token, key));
        $"{failure}".ShouldNotContain(token);
        $"{failure}".ShouldNotContain(key);
        return failure;
    }

    private protected void ShouldBeWhole()
    {
        Published.Draft.ShouldBeFalse();
        Published.Assets.ShouldAllBe(asset => asset.State == "uploaded");
        foreach (var file in Files)
            Published.Assets.Single(asset => asset.Name == file.Name).Content.ShouldBe(File.ReadAllBytes(file.Path));
        Hub.Packages.ShouldBe(["push the package", "symbols the symbols"]);
    }
}
