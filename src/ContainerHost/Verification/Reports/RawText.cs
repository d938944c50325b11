using System.Xml;
using System.Xml.Linq;

namespace ContainerHost.Verification.Reports;

/// <summary>Our own text that goes into a page as it is: HTML reads a style element's content without resolving entities.</summary>
internal sealed class RawText(string value) : XText(value)
{
    public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
}
