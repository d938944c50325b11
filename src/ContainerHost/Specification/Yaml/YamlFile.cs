using System.Text;
using ContainerHost.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ContainerHost.Specification.Yaml;

/// <summary>Reads YAML as far as our files need it: one document of maps, lists and texts, of bounded size and depth.</summary>
internal sealed class YamlFile(YamlFormat format, YamlProblems problems)
{
    private const int LargestFile = 1 << 20;
    private const int Deepest = 6;

    private Mark _last = Mark.Empty;

    /// <summary>The document's root; null where there is a problem, which is told.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, is too large, or is no text.</exception>
    public YamlMappingNode? Read()
    {
        var text = ReadText();
        try
        {
            if (!IsPlain(text))
                return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return root;
            problems.Add(
                stream.Documents.Count == 0 ? Mark.Empty : stream.Documents[^1].RootNode.Start,
                stream.Documents.Count > 1 ? $"{format.Noun} has one document." : $"{format.Noun} is {format.Root}."
            );
        }
        catch (YamlException wrong)
        {
            problems.Add(wrong.Start, $"this is no YAML: {wrong.Message.TrimEnd('.')}.");
        }
        // What its scanner ends with where it did not think of a text.
        catch (Exception wrong) when (wrong is ArgumentException or InvalidCastException or InvalidOperationException)
        {
            problems.Add(_last, "this is no YAML, from here on.");
        }
        return null;
    }

    private string ReadText()
    {
        try
        {
            using var file = new FileStream(problems.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[LargestFile + 1];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (length > LargestFile)
                throw new InvalidInputException([$"{format.Option} '{problems.File}' is larger than 1 MiB."]);
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return utf8.GetString(content, 0, length).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException([$"{format.Option} '{problems.File}' is no text in UTF-8."]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException([$"{format.Option} '{problems.File}' cannot be read: {exception.Message}"]);
        }
    }

    // Looked at event by event first: what builds a tree of it goes as deep as the text does.
    private bool IsPlain(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var now = parser.Current!;
            _last = now.End;
            depth += now.NestingIncrease;
            if (now is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                problems.Add(now.Start, $"anchors and aliases are not read{format.InsteadOfAnchors}.");
            else if (now is NodeEvent { Tag.IsEmpty: false })
                problems.Add(now.Start, "tags are not read; write the text alone.");
            // The stream and the document count, too.
            else if (depth > Deepest + 2)
                problems.Add(now.Start, $"this is nested deeper than anything in {format.Noun}.");
            if (problems.Any)
                return false;
        }
        return true;
    }
}
