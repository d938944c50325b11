namespace Releasing;

/// <summary>What it takes until a release has its files: those to upload, and what lies in their way; what others put there stays.</summary>
internal sealed record UploadPlan(
    IReadOnlyList<ReleaseFile> Uploads,
    IReadOnlyList<PublishedAsset> Deletions,
    IReadOnlyList<PublishedAsset> Foreign
)
{
    public static UploadPlan Of(IReadOnlyList<ReleaseFile> files, IReadOnlyList<PublishedAsset> assets)
    {
        var ours = files.ToDictionary(file => file.Name);
        var whole = assets.Where(asset => ours.TryGetValue(asset.Name, out var file) && asset.Is(file)).ToList();
        var there = whole.Select(asset => asset.Name).ToHashSet();
        return new UploadPlan(
            [.. files.Where(file => !there.Contains(file.Name))],
            [.. assets.Where(asset => ours.ContainsKey(asset.Name)).Except(whole)],
            [.. assets.Where(asset => !ours.ContainsKey(asset.Name))]
        );
    }
}
