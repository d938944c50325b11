using System.Xml.Linq;
using ContainerHost.Specification;
using static ContainerHost.AnswerFiles.Windows.UnattendXml;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>
/// How long values may be and what form they have, by the page of each in Microsoft's "Unattended Windows Setup Reference"; set-up fails
/// without a reason at others.
/// </summary>
internal static class UnattendLimits
{
    private static readonly Dictionary<string, int> Most = new(StringComparer.Ordinal)
    {
        ["RunSynchronousCommand/Path"] = 259,
        ["RunSynchronousCommand/Description"] = 259,
        ["RunAsynchronousCommand/Path"] = 259,
        ["RunAsynchronousCommand/Description"] = 259,
        ["SynchronousCommand/CommandLine"] = 1024,
        ["SynchronousCommand/Description"] = 256,
        ["AsynchronousCommand/CommandLine"] = 1024,
        ["AsynchronousCommand/Description"] = 256,
        // Its page says 256; accounts have 20 (Microsoft's "New-LocalUser").
        ["LocalAccount/Name"] = 20,
        ["LocalAccount/DisplayName"] = 256,
        ["LocalAccount/Description"] = 256,
        ["LocalAccount/Group"] = 256,
    };

    // What is wrong is told without the value, which may be a key.
    private static readonly Dictionary<string, (Func<string, bool> Takes, string Allowed)> Forms = new(
        StringComparer.Ordinal
    )
    {
        ["component/TimeZone"] = (WindowsTexts.IsTimeZone, WindowsTexts.TimeZone),
        ["component/InputLocale"] = (text => text.Length == 0 || WindowsTexts.IsKeyboard(text), WindowsTexts.Keyboard),
        ["component/ProductKey"] = (WindowsTexts.IsProductKey, WindowsTexts.ProductKey),
        // Set-up asks for none where it is empty, and takes the medium's own.
        ["ProductKey/Key"] = (text => text.Length == 0 || WindowsTexts.IsProductKey(text), WindowsTexts.ProductKey),
        ["LocalAccount/Name"] = (IsAccountName, "a name without \"/\\[]:|<>+=;,?*%@, not NONE, not periods alone"),
    };

    public static IEnumerable<string> Check(XElement component)
    {
        foreach (var element in component.Descendants().Where(one => !one.HasElements))
        {
            var text = element.Value.Trim();
            if (Most.TryGetValue(KindOf(element), out var most) && text.Length > most)
                yield return element.Name.LocalName is "Path" or "CommandLine"
                    ? $"a command of '{PlaceOf(element)}' has {text.Length} letters, where set-up takes {most}; put it into a script"
                    : $"'{PlaceOf(element)}' has {text.Length} letters, where Windows takes {most}";
            if (Forms.TryGetValue(KindOf(element), out var form) && !form.Takes(text))
                yield return $"'{PlaceOf(element)}' must be {form.Allowed}";
        }
        foreach (var account in component.Descendants().Where(one => one.Name.LocalName == "LocalAccount"))
        {
            if (account.Elements().All(one => one.Name.LocalName != "Name"))
                yield return $"'{PlaceOf(account)}' has no Name";
        }
    }

    private static bool IsAccountName(string name) =>
        name.Trim(' ', '.').Length > 0
        && !name.Equals("NONE", StringComparison.OrdinalIgnoreCase)
        && name.IndexOfAny([.. "\"/\\[]:|<>+=;,?*%@"]) < 0;
}
