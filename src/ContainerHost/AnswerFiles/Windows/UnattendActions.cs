using System.Xml.Linq;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;
using static ContainerHost.AnswerFiles.Windows.UnattendXml;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>
/// What <c>wcm:action</c> and <c>wcm:keyValue</c> may be: an entry of a list has a key of its own, and is added, or changes or removes one that
/// the image has (Microsoft's "Component Settings and Properties Reference", list-item types).
/// </summary>
internal static class UnattendActions
{
    private static readonly string[] Actions = ["add", "modify", "remove"];

    // Those whose key is one of their settings, by its name; null for those whose key is wcm:keyValue.
    private static readonly Dictionary<string, string?> KeyOf = new(StringComparer.Ordinal)
    {
        ["SynchronousCommand"] = "Order",
        ["AsynchronousCommand"] = "Order",
        ["RunSynchronousCommand"] = "Order",
        ["RunAsynchronousCommand"] = "Order",
        ["CreatePartition"] = "Order",
        ["ModifyPartition"] = "Order",
        ["Disk"] = "DiskID",
        ["LocalAccount"] = "Name",
        ["PathAndCredentials"] = null,
    };

    /// <summary>Says <c>add</c> at each entry of the lists we know that says nothing, as Microsoft's own examples do at times and Windows SIM never.</summary>
    public static void Complete(XDocument file)
    {
        foreach (var entry in file.Descendants().Where(one => IsEntry(one) && one.Attribute(Wcm + "action") is null))
            entry.SetAttributeValue(Wcm + "action", "add");
    }

    public static IEnumerable<string> Check(XElement component)
    {
        foreach (var attribute in component.Descendants().SelectMany(one => one.Attributes()))
        {
            var (name, place) = (attribute.Name, PlaceOf(attribute.Parent!));
            if (name.LocalName is "action" or "keyValue" && name.Namespace != Wcm)
                yield return $"'{place}' has '{name.LocalName}' without the prefix of {Wcm}; write wcm:{name.LocalName}, and declare wcm";
            else if (name == Wcm + "action" && !Actions.Contains(attribute.Value))
                yield return $"'{place}' has wcm:action '{attribute.Value}'; there are {string.Join(", ", Actions)}";
            // No image has first log-in commands or accounts of ours that could be meant.
            else if (name == Wcm + "action" && attribute.Value != "add" && IsNewAlways(attribute.Parent!))
                yield return $"'{place}' has wcm:action '{attribute.Value}', and there is none before it; only add does something";
        }
        foreach (var list in component.DescendantsAndSelf().Where(one => one.Elements().Any(IsEntry)))
        {
            var keys = list.Elements()
                .Where(IsEntry)
                .Select(one => (one.Name.LocalName, Key: KeyOfEntry(one)))
                .ToList();
            if (keys.Any(one => one.Key is null && KeyOf[one.LocalName] is null))
                yield return $"'{PlaceOf(list)}' has an entry without wcm:keyValue";
            foreach (
                var twice in keys.Where(one => one.Key is not null && KeyOf[one.LocalName] != "Order")
                    .GroupBy(one => one)
                    .Where(group => group.Count() > 1)
            )
                yield return $"'{PlaceOf(list)}' has '{twice.Key.Key}' twice";
        }
    }

    private static string? KeyOfEntry(XElement entry) =>
        KeyOf[entry.Name.LocalName] is { } setting
            ? entry.Element(Unattend + setting)?.Value.Trim().ToUpperInvariant()
            : entry.Attribute(Wcm + "keyValue")?.Value;

    private static bool IsNewAlways(XElement entry) =>
        entry.Name.LocalName == "LocalAccount" || entry.Name.LocalName.EndsWith("Command", StringComparison.Ordinal);

    private static bool IsEntry(XElement element) =>
        element.Name.Namespace == Unattend && KeyOf.ContainsKey(element.Name.LocalName);
}
