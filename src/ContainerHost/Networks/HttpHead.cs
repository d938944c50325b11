using System.Text;

namespace ContainerHost.Networks;

/// <summary>The head of a request or an answer of HTTP/1.1 (RFC 9112), 16 KiB at most: its first line, and its fields.</summary>
internal sealed record HttpHead(string FirstLine, IReadOnlyDictionary<string, string> Fields)
{
    private const int Most = 16 << 10;

    /// <summary>Reads it, and not a byte of what follows.</summary>
    /// <exception cref="IOException">The connection ended before the head did, or it is too long.</exception>
    public static async Task<HttpHead> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (text.Length < 4 || text.ToString(text.Length - 4, 4) != "\r\n\r\n")
        {
            if (text.Length == Most)
                throw new IOException($"it has a head of more than {Most} bytes");
            if (await stream.ReadAsync(one, cancellationToken) == 0)
                throw new IOException("the connection was closed");
            text.Append((char)one[0]);
        }
        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
            if (line.Split(':', 2) is [var name, var value])
                fields[name.Trim()] = value.Trim();
        return new HttpHead(lines.FirstOrDefault() ?? "", fields);
    }
}
