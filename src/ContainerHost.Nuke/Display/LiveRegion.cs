using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerHost.Targets.Display;

/// <summary>
/// The last lines of a terminal, drawn over and over. What is printed meanwhile goes above them, whole, by way of <see cref="Pass"/>. Spectre.Console's own
/// live display neither clears its lines before what is printed, nor keeps the terminal's history where that becomes narrower.
/// <paramref name="gate"/> is what whoever prints holds.
/// </summary>
internal sealed class LiveRegion(
    IAnsiConsole console,
    Func<object> gate,
    Func<Canvas, IReadOnlyList<IReadOnlyList<Segment>>> view
)
{
    // The cells of each line that is there.
    private IReadOnlyList<int> _drawn = [];
    private bool _isWithinLine;

    /// <summary>Prints text by <paramref name="write"/>; within a line that is not ended, such as a question, nothing is drawn.</summary>
    public void Pass(string text, Action<string> write)
    {
        if (text.Length == 0)
            return;
        lock (gate())
        {
            Put([]);
            write(text);
            _isWithinLine = !text.EndsWith('\n');
            Draw();
        }
    }

    /// <summary>Draws what there is now.</summary>
    public void Draw()
    {
        lock (gate())
        {
            if (_isWithinLine)
                return;
            var profile = console.Profile;
            Put(view(new Canvas(profile.Width, profile.Height, profile.Capabilities.Unicode)));
        }
    }

    /// <summary>Takes the lines away.</summary>
    public void Clear()
    {
        lock (gate())
            Put([]);
    }

    private void Put(IReadOnlyList<IReadOnlyList<Segment>> lines)
    {
        if (_drawn.Count > 0 || lines.Count > 0)
            console.Write(new Frame(Erase(), lines));
        _drawn = [.. lines.Select(line => Segment.CellCount(line))];
    }

    // Carriage return, cursor up, the rest of the screen erased (ECMA-48: CUU, ED). A terminal that became narrower has wrapped what was there.
    private string Erase()
    {
        if (_drawn.Count == 0)
            return "";
        var width = Math.Max(1, console.Profile.Width);
        var rows = _drawn.Sum(cells => Math.Max(1, (cells + width - 1) / width));
        return rows > 1 ? $"\r\u001b[{rows - 1}A\u001b[J" : "\r\u001b[J";
    }

    // In one write, which does not flicker.
    private sealed class Frame(string before, IReadOnlyList<IReadOnlyList<Segment>> lines) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            if (before.Length > 0)
                yield return Segment.Control(before);
            for (var at = 0; at < lines.Count; at++)
            {
                if (at > 0)
                    yield return Segment.LineBreak;
                foreach (var segment in lines[at])
                    yield return segment;
            }
        }
    }
}
