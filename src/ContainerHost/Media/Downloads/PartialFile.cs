using System.Net.Http.Headers;
using System.Text.Json;

namespace ContainerHost.Media.Downloads;

/// <summary>
/// The part of a file that has been fetched, beside its target, with what tells whether the server still has the same file: an ETag, or the
/// time of the last change.
/// </summary>
internal sealed class PartialFile(DownloadRequest request)
{
    private readonly string _meta = $"{request.Target}.part.json";

    public string Path { get; } = $"{request.Target}.part";

    /// <summary>How much is there that can be built upon; 0 without a validator for the same source.</summary>
    public long Resumable => Validator is null || !File.Exists(Path) ? 0 : new FileInfo(Path).Length;

    /// <summary>What the If-Range header is to say (RFC 9110, section 13.1.5), or null.</summary>
    public RangeConditionHeaderValue? Validator =>
        Read() is { } known && known.Source == request.Source.ToString()
            ? known.ETag is { } tag
                ? new RangeConditionHeaderValue(new EntityTagHeaderValue(tag))
                : known.LastModified is { } time
                    ? new RangeConditionHeaderValue(time)
                    : null
            : null;

    /// <summary>Remembers which file of the server this is a part of; weak ETags cannot be resumed by.</summary>
    public void Remember(HttpResponseMessage response)
    {
        var tag = response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : null;
        var known = new Known(request.Source.ToString(), tag, response.Content.Headers.LastModified);
        File.WriteAllText(_meta, JsonSerializer.Serialize(known));
    }

    public void Delete()
    {
        File.Delete(Path);
        File.Delete(_meta);
    }

    /// <summary>The whole file takes its name.</summary>
    public void Finish()
    {
        File.Move(Path, request.Target, overwrite: true);
        File.Delete(_meta);
    }

    private Known? Read()
    {
        try
        {
            return File.Exists(_meta) ? JsonSerializer.Deserialize<Known>(File.ReadAllText(_meta)) : null;
        }
        catch (JsonException)
        {
            return null; // Without knowing what it is a part of, the part is worth nothing.
        }
    }

    private sealed record Known(string Source, string? ETag, DateTimeOffset? LastModified);
}
