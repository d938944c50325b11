using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ContainerHost.Errors;
using MimeKit;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>Takes a user's data apart as cloud-init does (user_data.py), for reading only: what goes to the guest is not made of it.</summary>
internal static partial class UserParts
{
    private const int LargestUnpacked = 64 << 20;

    /// <summary>The data unpacked where it is gzip, and in UTF-8 without a byte order mark, which cloud-init does not know.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or unpacks to more than 64 MiB.</exception>
    public static byte[] Plain(byte[] content)
    {
        if (content is [0x1f, 0x8b, ..])
            content = Unpack(content);
        return content switch
        {
            [0xef, 0xbb, 0xbf, .. var text] => text,
            [0xff, 0xfe, .. var text] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, text),
            [0xfe, 0xff, .. var text] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, text),
            _ => content,
        };
    }

    /// <summary>True for a message of parts: cloud-init looks for the version in the first 4,096 bytes, and its parser for a header at the beginning.</summary>
    public static bool IsMime(byte[] plain)
    {
        var start = Encoding.Latin1.GetString(plain.AsSpan(0, Math.Min(plain.Length, 4096)));
        return Header().IsMatch(start) && start.Contains("mime-version:", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>All parts of plain data, those inside of archives and messages too; of an include only itself can be known.</summary>
    public static IEnumerable<UserPart> Of(byte[] plain) =>
        IsMime(plain) ? Messages(plain) : Expand(null, Encoding.UTF8.GetString(plain));

    private static IEnumerable<UserPart> Messages(byte[] plain) =>
        MimeMessage
            .Load(new MemoryStream(plain))
            .BodyParts.OfType<MimePart>()
            .SelectMany(part => Expand(part.ContentType.MimeType, Encoding.UTF8.GetString(Plain(Decoded(part)))));

    // Types that say nothing are found by the text's beginning.
    private static IEnumerable<UserPart> Expand(string? declared, string text)
    {
        var found = UserPart.TypeOf(text);
        var type =
            declared is null or "text/plain" or "text/x-not-multipart" or "text/x-shellscript"
            || declared.StartsWith("application/", StringComparison.Ordinal)
                ? found ?? declared
                : declared;
        return type switch
        {
            null => [],
            UserPart.Archive => Entries(text).SelectMany(entry => Expand(entry.Type, entry.Text)),
            // Without its statements and comments, and with a word for each value, a template is most often readable.
            UserPart.Template =>
            [
                new UserPart(type, text),
                .. Expand(null, Values().Replace(Statements().Replace(AfterFirstLine(text), ""), "x")),
            ],
            _ => [new UserPart(type, text)],
        };
    }

    private static IEnumerable<(string? Type, string Text)> Entries(string archive)
    {
        foreach (var entry in CloudConfig.TryRead(archive, out _) as List<object?> ?? [])
        {
            if (entry is string text)
                yield return (UserPart.TypeOf(text) ?? UserPart.Config, text);
            else if (entry is Dictionary<object, object?> map && map.GetValueOrDefault("content") is string content)
                yield return (
                    map.GetValueOrDefault("type") as string ?? UserPart.TypeOf(content) ?? UserPart.Config,
                    content
                );
        }
    }

    private static string AfterFirstLine(string text) =>
        text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[(end + 1)..] : "";

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Values();

    [GeneratedRegex(@"\{%.*?%\}|\{#.*?#\}", RegexOptions.Singleline)]
    private static partial Regex Statements();

    [GeneratedRegex("^(From |[A-Za-z0-9-]+:)")]
    private static partial Regex Header();

    private static byte[] Decoded(MimePart part)
    {
        var content = new MemoryStream();
        part.Content?.DecodeTo(content);
        return content.ToArray();
    }

    private static byte[] Unpack(byte[] content)
    {
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        var plain = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = gzip.Read(buffer)) > 0; )
        {
            plain.Write(buffer, 0, read);
            if (plain.Length > LargestUnpacked)
                throw new InvalidDataException("it unpacks to more than 64 MiB");
        }
        return plain.ToArray();
    }
}
