using System.Xml;
using System.Xml.Linq;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>Instances as CIM DTD 2.0 XML (DMTF DSP0201), the form in which Hyper-V's methods take and give them.</summary>
internal static class CimXml
{
    /// <exception cref="ArgumentException">A value has a character that XML cannot carry.</exception>
    public static string Write(CimObject instance) =>
        new XElement(
            "INSTANCE",
            new XAttribute("CLASSNAME", instance.ClassName),
            instance.Properties.Values.Select(Property)
        ).ToString(SaveOptions.DisableFormatting);

    /// <exception cref="FormatException">The text is not such an instance.</exception>
    public static CimObject Read(string xml)
    {
        try
        {
            var instance = XDocument.Parse(xml, LoadOptions.PreserveWhitespace).Root!;
            if (instance.Name.LocalName != "INSTANCE")
                throw new FormatException($"An INSTANCE was expected, not {instance.Name.LocalName}.");
            return new CimObject(Attribute(instance, "CLASSNAME")).With([
                .. instance.Elements().Select(Property).OfType<CimProperty>(),
            ]);
        }
        catch (XmlException malformed)
        {
            throw new FormatException($"Not XML: {malformed.Message}", malformed);
        }
    }

    private static XElement Property(CimProperty property)
    {
        var reference = property.Type == CimType.Reference;
        var element = new XElement(
            property.IsArray ? "PROPERTY.ARRAY"
                : reference ? "PROPERTY.REFERENCE"
                : "PROPERTY",
            new XAttribute("NAME", property.Name)
        );
        if (!reference || property.IsArray)
            element.Add(new XAttribute("TYPE", CimText.NameOf(property.Type)));
        if (property.Value is Array values)
            element.Add(new XElement("VALUE.ARRAY", values.Cast<object>().Select(value => Value("VALUE", value))));
        else if (property.Value is not null)
            element.Add(Value(reference ? "VALUE.REFERENCE" : "VALUE", property.Value));
        return element;
    }

    private static XElement Value(string name, object value) => new(name, CimText.Write(value));

    // Qualifiers and the like may stand between the properties; they carry nothing that is needed here.
    private static CimProperty? Property(XElement element) =>
        element.Name.LocalName switch
        {
            "PROPERTY" => Scalar(element, CimText.TypeNamed(Attribute(element, "TYPE")), "VALUE"),
            "PROPERTY.REFERENCE" => Scalar(element, CimType.Reference, "VALUE.REFERENCE"),
            "PROPERTY.ARRAY" => Values(element, CimText.TypeNamed(Attribute(element, "TYPE"))),
            _ => null,
        };

    private static CimProperty Scalar(XElement element, CimType type, string name) =>
        new(
            Attribute(element, "NAME"),
            type,
            IsArray: false,
            element.Element(name) is { } value ? CimText.Read(type, value.Value) : null
        );

    private static CimProperty Values(XElement element, CimType type)
    {
        if (element.Element("VALUE.ARRAY") is not { } list)
            return new CimProperty(Attribute(element, "NAME"), type, IsArray: true, Value: null);
        var values = list.Elements("VALUE").Select(value => CimText.Read(type, value.Value)).ToArray();
        var typed = Array.CreateInstance(CimText.DotNetTypeOf(type), values.Length);
        values.CopyTo(typed, 0);
        return new CimProperty(Attribute(element, "NAME"), type, IsArray: true, typed);
    }

    private static string Attribute(XElement element, string name) =>
        element.Attribute(name)?.Value ?? throw new FormatException($"{element.Name} has no {name}.");
}
