using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ContainerHost.Targets.Ci;

/// <summary>Writes YAML by YamlDotNet's emitter, which knows what must be quoted; texts that a reader would take for something else are too.</summary>
internal sealed partial class YamlText
{
    private static readonly EmitterSettings Settings = new EmitterSettings()
        .WithBestIndent(2)
        .WithBestWidth(int.MaxValue)
        .WithIndentedSequences()
        .WithNewLine("\n");

    private readonly Emitter _emitter;

    private YamlText(TextWriter writer) => _emitter = new Emitter(writer, Settings);

    public static string Render(string heading, YamlMap root)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlText(writer).Document(root);
        return $"# {heading}\n{writer}";
    }

    private void Document(YamlMap root)
    {
        _emitter.Emit(new StreamStart());
        _emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Value(root);
        _emitter.Emit(new DocumentEnd(isImplicit: true));
        _emitter.Emit(new StreamEnd());
    }

    private void Value(object value)
    {
        switch (value)
        {
            case string text:
                Text(text);
                break;
            case int or bool:
                Plain($"{value}".ToLowerInvariant());
                break;
            case YamlMap map:
                _emitter.Emit(new MappingStart());
                foreach (var entry in map)
                    Entry(entry);
                _emitter.Emit(new MappingEnd());
                break;
            case IEnumerable list:
                _emitter.Emit(new SequenceStart(default, default, isImplicit: true, SequenceStyle.Block));
                foreach (var item in list)
                    Value(item);
                _emitter.Emit(new SequenceEnd());
                break;
            default:
                throw new ArgumentException($"YAML is not written of a {value.GetType()}.", nameof(value));
        }
    }

    private void Entry(YamlEntry entry)
    {
        if (entry.Above is { } above)
            _emitter.Emit(new Comment(above, isInline: false));
        Text(entry.Key, isKey: true);
        Value(entry.Value);
        if (entry.Behind is { } behind)
            _emitter.Emit(new Comment(behind, isInline: true));
    }

    // A key is never taken for a boolean by these systems, 'on' among them.
    private void Text(string text, bool isKey = false)
    {
        var style =
            text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : !isKey && Otherwise().IsMatch(text) ? ScalarStyle.DoubleQuoted
            : ScalarStyle.Any;
        _emitter.Emit(new Scalar(default, default, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    private void Plain(string text) =>
        _emitter.Emit(
            new Scalar(default, default, text, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false)
        );

    // What YAML 1.1 and 1.2 take for a boolean, a null, a number, a time or a date.
    [GeneratedRegex("^(y|n|yes|no|on|off|true|false|null|~|)$|^[-+.0-9][-+.:0-9_exo]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Otherwise();
}
