using System.Text.Json;
using ContainerHost.Files;

namespace ContainerHost.Progress;

/// <summary>How long steps took in the last runs, in one file with the cache; one that is absent, damaged or refused expects nothing, and is no error.</summary>
internal sealed class ExpectedTimes(string path)
{
    private const int Kept = 5;
    private const int MostKeys = 200;
    private const int LongestFile = 1 << 20;

    /// <summary>The median of the last five; null where there is none.</summary>
    public TimeSpan? Of(string key) =>
        Read().GetValueOrDefault(key) is { Length: > 0 } took
            ? TimeSpan.FromMilliseconds(took.Order().ElementAt(took.Length / 2))
            : null;

    /// <summary>Keeps what a step took; of two that are kept at once one may be lost.</summary>
    public async Task AddAsync(string key, TimeSpan took)
    {
        // Who only looks around makes no cache.
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            return;
        try
        {
            var all = Read();
            if (all.Count >= MostKeys && !all.ContainsKey(key))
                all.Clear();
            long[] times = [.. all.GetValueOrDefault(key) ?? [], (long)took.TotalMilliseconds];
            all[key] = times[Math.Max(0, times.Length - Kept)..];
            await AtomicFile.WriteTextAsync(path, JsonSerializer.Serialize(all), CancellationToken.None);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { }
    }

    private Dictionary<string, long[]> Read()
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= LongestFile })
                return [];
            var all = JsonSerializer.Deserialize<Dictionary<string, long[]?>>(File.ReadAllText(path)) ?? [];
            return all.Where(one => one.Value?.All(took => took is >= 0 and <= int.MaxValue) == true)
                .ToDictionary(one => one.Key, one => one.Value!);
        }
        catch (Exception damaged) when (damaged is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }
}
