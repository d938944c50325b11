using System.Net;
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

    /// <summary>How much is there, be it of any use or not.</summary>
    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>How much is there that can be built upon; 0 without a validator for the same source.</summary>
    public long Resumable => Validator is null ? 0 : Length;

    /// <summary>What the If-Range header is to say (RFC 9110, section 13.1.5), or null.</summary>
    public RangeConditionHeaderValue? Validator
    {
        get
        {
            if (Read() is not { } known || known.Source != request.Address)
                return null;
            if (EntityTagHeaderValue.TryParse(known.ETag, out var tag))
                return new RangeConditionHeaderValue(tag);
            return known.LastModified is { } time ? new RangeConditionHeaderValue(time) : null;
        }
    }

    /// <summary>
    /// Remembers which file of the server this is a part of; weak ETags cannot be resumed by. An answer to a range may leave out what the
    /// first answer said (RFC 9110, section 15.3.7), so that one stays.
    /// </summary>
    public void Remember(HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.PartialContent)
            return;
        var tag = response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : null;
        var known = new Known(request.Address, tag, response.Content.Headers.LastModified);
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
