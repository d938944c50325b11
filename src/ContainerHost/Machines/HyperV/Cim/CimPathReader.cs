using System.Globalization;
using System.Text;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>Reads WMI's object paths, from left to right.</summary>
internal sealed class CimPathReader(string text)
{
    private int _at;

    public bool TryRead(out CimPath? path)
    {
        path = null;
        if (!TryReadPlace(out var server, out var space))
            return false;
        var className = ReadName();
        if (className.Length == 0 || !Take('.'))
            return false;
        var keys = new List<(string, object)>();
        do
        {
            var name = ReadName();
            if (name.Length == 0 || !Take('=') || ReadValue() is not { } value)
                return false;
            keys.Add((name, value));
        } while (Take(','));
        if (
            _at != text.Length
            || keys.DistinctBy(key => key.Item1, StringComparer.OrdinalIgnoreCase).Count() != keys.Count
        )
            return false;
        path = CimPath.Of(className, [.. keys]) with { Server = server, Namespace = space };
        return true;
    }

    private bool TryReadPlace(out string? server, out string? space)
    {
        (server, space) = (null, null);
        if (!text.StartsWith(@"\\", StringComparison.Ordinal))
            return true;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('\\', 2);
        if (slash < 3 || colon < slash)
            return false;
        (server, space) = (text[2..slash], text[(slash + 1)..colon]);
        _at = colon + 1;
        return space.Length > 0;
    }

    private string ReadName()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        return text[start.._at];
    }

    private object? ReadValue()
    {
        if (Take('"'))
            return ReadQuoted();
        var word = ReadName();
        if (word.Equals("TRUE", StringComparison.OrdinalIgnoreCase))
            return true;
        if (word.Equals("FALSE", StringComparison.OrdinalIgnoreCase))
            return false;
        return ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private string? ReadQuoted()
    {
        var value = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == '"')
            {
                _at++;
                return value.ToString();
            }
            if (text[_at] == '\\' && ++_at == text.Length)
                return null;
            value.Append(text[_at]);
        }
        return null;
    }

    private bool Take(char wanted)
    {
        var there = _at < text.Length && text[_at] == wanted;
        if (there)
            _at++;
        return there;
    }
}
