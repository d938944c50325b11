using System.Text;

namespace ContainerHost.Guests;

/// <summary>Tells output line by line as it comes; however long a line is, little of it is kept.</summary>
internal static class OutputLines
{
    private const int Longest = 16 * 1024;

    /// <summary>Tells every line of a stream until it ends; a longer one than 16 Ki characters comes in pieces.</summary>
    public static void Tell(Stream output, Action<string> told)
    {
        using var reader = new StreamReader(output, Encoding.UTF8, leaveOpen: true);
        var line = new StringBuilder();
        var buffer = new char[4096];
        for (int count; (count = reader.Read(buffer)) > 0; )
        {
            foreach (var c in buffer.AsSpan(0, count))
            {
                if (c != '\n')
                    line.Append(c);
                if (c == '\n' || line.Length == Longest)
                    Tell(line, told);
            }
        }
        if (line.Length > 0)
            Tell(line, told);
    }

    private static void Tell(StringBuilder line, Action<string> told)
    {
        told(line.ToString().TrimEnd('\r'));
        line.Clear();
    }
}
