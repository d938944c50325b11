using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The shapes that answer files are made of.</summary>
internal static class UnattendXml
{
    public static XElement Pass(string name, params object?[] components) =>
        new(Unattend + "settings", new XAttribute("pass", name), components);

    public static XElement Component(string name, params object?[] content) =>
        new(
            Unattend + "component",
            new XAttribute("name", name),
            new XAttribute("processorArchitecture", "amd64"),
            new XAttribute("publicKeyToken", "31bf3856ad364e35"),
            new XAttribute("language", "neutral"),
            new XAttribute("versionScope", "nonSxS"),
            content
        );

    /// <summary>An element's kind: its parent's name and its own.</summary>
    public static string KindOf(XElement element) => $"{element.Parent?.Name.LocalName}/{element.Name.LocalName}";

    /// <summary>Where an element stands: pass, component, and what leads to it from there.</summary>
    public static string PlaceOf(XElement element) =>
        string.Join(
            '/',
            element
                .AncestorsAndSelf()
                .TakeWhile(one => one.Parent is not null)
                .Reverse()
                .Select(one =>
                    one.Name == Unattend + "settings" ? UnattendRules.PassOf(one)
                    : one.Name == Unattend + "component" ? UnattendRules.NameOf(one)
                    : one.Name.LocalName
                )
        );

    public static XElement Element(string name, params object?[] content) => new(Unattend + name, content);

    /// <summary>An entry of a list.</summary>
    public static XElement Entry(string name, params object[] content) =>
        new(Unattend + name, new XAttribute(Wcm + "action", "add"), content);

    /// <summary>A command of a list; the order counts from 1.</summary>
    public static XElement Command(int order, string line, string description) =>
        Entry(
            "SynchronousCommand",
            Element("Order", order.ToString(CultureInfo.InvariantCulture)),
            Element("CommandLine", line),
            Element("Description", description)
        );

    public static XElement[] Locale(WindowsAnswers answers) =>
        [
            Element("InputLocale", answers.Keyboard ?? answers.Language),
            Element("SystemLocale", answers.Language),
            Element("UILanguage", answers.Language),
            Element("UserLocale", answers.Language),
        ];

    // Set-up's own encoding, which hides a password from a glance and no more: the medium is removed and deleted after use.
    public static XElement Password(string name, string password) =>
        Element(
            name,
            Element("Value", Convert.ToBase64String(Encoding.Unicode.GetBytes(password + name))),
            Element("PlainText", "false")
        );
}
