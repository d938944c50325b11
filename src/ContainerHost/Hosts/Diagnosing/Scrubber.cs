using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ContainerHost.Hosts.Diagnosing;

/// <summary>
/// Takes names, addresses, identifiers and what else tells whose machine it is out of a text, each the same way throughout, so that what belonged
/// together still does. Names are those that it is given, and those that stand where names stand.
/// </summary>
internal sealed partial class Scrubber(IEnumerable<string> names)
{
    // Windows has these everywhere alike, and they say what a thing is.
    private static readonly string[] KnownIds =
    [
        "1734C6E8-3154-4DDA-BA5F-A874CC483422",
        "272E7447-90A4-4563-A4B9-8E4AB00526CE",
        "776E0BA7-94A1-41C8-8F28-951F524251B5",
        "C08CB7B8-9B3C-408E-8E30-5E16A3AEB444",
    ];

    private static readonly string[] Words =
    [
        "call",
        "instances",
        "class",
        "path",
        "properties",
        "code",
        "out",
        "error",
        "failure",
        "saw",
        "messageId",
        "status",
        "native",
        "string",
        "boolean",
        "datetime",
        "reference",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "true",
        "false",
        "null",
        "select",
        "from",
        "where",
        "name",
    ];

    private readonly List<string> _names = [.. names.Where(IsTelling).Distinct(StringComparer.OrdinalIgnoreCase)];
    private readonly Dictionary<string, string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes the names that a text has where names stand.</summary>
    public void Learn(string text)
    {
        foreach (Match name in NamedProperty().Matches(text))
        {
            if (
                IsTelling(name.Groups[1].Value)
                && !_names.Contains(name.Groups[1].Value, StringComparer.OrdinalIgnoreCase)
            )
                _names.Add(name.Groups[1].Value);
        }
    }

    public string Clean(string text)
    {
        Learn(text);
        text = Secret().Replace(text, "null");
        // The longest first, since one may be the beginning of another.
        foreach (var name in _names.OrderByDescending(one => one.Length))
            text = Regex.Replace(
                text,
                $@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(name)}(?![\p{{L}}\p{{N}}])",
                Take("name", name),
                RegexOptions.IgnoreCase
            );
        text = Sid().Replace(text, found => $"S-1-5-21-1-2-3-{found.Groups[1].Value}");
        text = Id().Replace(text, found => TakeId(found.Value));
        text = Mac().Replace(text, "00-00-5E-00-53-00");
        text = Ipv4().Replace(text, found => TakeAddress(found.Value));
        // Only a parser tells them from times of day.
        return Ipv6().Replace(text, found => IPAddress.TryParse(found.Value, out _) ? "2001:db8::1" : found.Value);
    }

    private string Take(string kind, string value)
    {
        if (!_taken.TryGetValue(value, out var other))
            _taken.Add(value, other = $"{kind}-{_taken.Count + 1}");
        return other;
    }

    private string TakeId(string id)
    {
        if (KnownIds.Contains(id, StringComparer.OrdinalIgnoreCase))
            return id;
        var number = int.Parse(Take("id", id)[3..], CultureInfo.InvariantCulture);
        return $"00000000-0000-0000-0000-{number:X12}";
    }

    private string TakeAddress(string address) =>
        address.StartsWith("127.", StringComparison.Ordinal) || address.StartsWith("0.", StringComparison.Ordinal)
            ? address
            : $"192.0.2.{(int.Parse(Take("at", address)[3..], CultureInfo.InvariantCulture) % 250) + 1}";

    // Words that stand everywhere would take the text with them, as would those that a record is written in; names of our own making are no secret.
    private static bool IsTelling(string name) =>
        !Words.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !name.All(char.IsAsciiDigit)
        && !Guid.TryParse(name, out _)
        && name.Length > 2
        && name.ToUpperInvariant()
            is not ("ROOT" or "CONTAINERHOST" or "LOCALHOST" or "ADMINISTRATOR" or "EXTERNAL" or "INTERNAL");

    // As CimRecord writes them: machines, switches and computers are called by these.
    [GeneratedRegex(
        """(?<="class":"(?:Msvm_ComputerSystem|Msvm_VirtualSystemSettingData|Msvm_VirtualEthernetSwitch|Win32_ComputerSystem)"[^\n]{0,20000}?\["(?:ElementName|Name|DNSHostName)","string",false,")([^"{}\\]{3,})"""
    )]
    private static partial Regex NamedProperty();

    [GeneratedRegex(
        """(?<=\["(?:SerialNumber|UUID|IdentifyingNumber|RegisteredUser|Organization|PrimaryOwnerName|PrimaryOwnerContact|UserName|Domain|Workgroup|CSName|PermanentAddress|NetworkAddresses|Address|Label|BIOSGUID|BIOSSerialNumber|BaseBoardSerialNumber|ChassisSerialNumber|ChassisAssetTag|Owner)","[a-z0-9]+",(?:true|false),)(?:"[^"]*"|\[[^\]]*\])"""
    )]
    private static partial Regex Secret();

    [GeneratedRegex(@"S-1-5-21-\d+-\d+-\d+-(\d+)")]
    private static partial Regex Sid();

    [GeneratedRegex(@"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\b[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}\b")]
    private static partial Regex Mac();

    // No version: those have a part of more than three digits, or a word before them.
    [GeneratedRegex(@"(?<![\w.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?!\w|\.\d)")]
    private static partial Regex Ipv4();

    [GeneratedRegex(@"(?<![\w:])[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*(?![\w])")]
    private static partial Regex Ipv6();
}
