using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Build.Tests.Releasing;

/// <summary>A release that the hub has, as GitHub's REST API tells it.</summary>
internal sealed class HubRelease(int id, string tag)
{
    public int Id => id;

    public string Tag => tag;

    public bool Draft { get; set; } = true;

    public string Body { get; set; } = "";

    public string Commit { get; set; } = "";

    public List<HubAsset> Assets { get; } = [];

    public IEnumerable<string> Names => Assets.Select(asset => asset.Name);

    public HubAsset Add(string name, byte[] content, string state = "uploaded")
    {
        var asset = new HubAsset(id * 100 + Assets.Count + 1, name, content, state);
        Assets.Add(asset);
        return asset;
    }

    // The list of releases has no half uploaded files (https://github.com/itchio/gothub/issues/1); that of a release's files has.
    public JsonObject ToJson(Uri address) =>
        new()
        {
            ["id"] = id,
            ["tag_name"] = tag,
            ["target_commitish"] = Commit,
            ["name"] = tag,
            ["body"] = Body,
            ["draft"] = Draft,
            ["prerelease"] = false,
            ["html_url"] = $"{address}releases/{id}",
            ["upload_url"] = $"{address}api/uploads/repos/me/it/releases/{id}/assets{{?name,label}}",
            ["created_at"] = "2026-03-01T10:00:00Z",
            ["assets"] = new JsonArray([
                .. Assets.Where(asset => asset.State == "uploaded").Select(asset => asset.ToJson()),
            ]),
        };
}

/// <summary>A file of it: "starter" while it is not wholly there.</summary>
internal sealed record HubAsset(int Id, string Name, byte[] Content, string State)
{
    public JsonObject ToJson() =>
        new()
        {
            ["id"] = Id,
            ["name"] = Name,
            ["state"] = State,
            ["size"] = Content.Length,
            ["content_type"] = "application/octet-stream",
            ["created_at"] = "2026-03-01T10:00:00Z",
            ["updated_at"] = "2026-03-01T10:00:00Z",
            ["digest"] = State == "uploaded" ? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Content))}" : null,
        };
}
