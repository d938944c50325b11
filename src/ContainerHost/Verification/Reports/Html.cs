using System.Xml.Linq;
using ContainerHost.Errors;

namespace ContainerHost.Verification.Reports;

/// <summary>Makes HTML elements; whatever text goes in is cleaned and, by the writer, encoded.</summary>
internal static class Html
{
    private static readonly HashSet<string> Void = ["meta", "link", "img", "br"];

    /// <summary>An element with its content: text, attributes, elements or lists of them; null is left out.</summary>
    public static XElement Tag(string name, params object?[] content)
    {
        var element = new XElement(name, content.Select(Cleaned));
        // An element without content would be written as <td/>, which HTML reads as an opening tag.
        if (element.IsEmpty && !Void.Contains(name))
            element.Add("");
        return element;
    }

    public static XAttribute Attribute(string name, object value) => new(name, SafeText.Clean($"{value}"));

    public static XAttribute Class(string name) => new("class", name);

    /// <summary>A section with a heading that names it.</summary>
    public static XElement Section(string id, string title, params object?[] content) =>
        Tag(
            "section",
            Attribute("aria-labelledby", id),
            Tag("h2", Attribute("id", id), title),
            content.Cast<object>().ToArray()
        );

    /// <summary>A section that is a table, whose style bears the section's id.</summary>
    public static XElement Table(string id, string title, IEnumerable<string> columns, IEnumerable<XElement> rows)
    {
        var heads = columns.Select(column => Tag("th", Attribute("scope", "col"), column));
        return Section(id, title, Tag("table", Class(id), Tag("thead", Tag("tr", heads)), Tag("tbody", rows)));
    }

    private static object? Cleaned(object? part) => part is string text ? SafeText.Clean(text) : part;
}
