using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ContainerHost.Errors;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The user's own answer file: what it adds is taken, what it sets otherwise than we must is refused by name.</summary>
internal sealed class UserUnattend
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit };

    private readonly XDocument _file;
    private readonly string _source;

    private UserUnattend(XDocument file, string source) => (_file, _source) = (file, source);

    /// <summary>Reads and checks a file; null without one.</summary>
    /// <exception cref="InvalidInputException">It is no answer file, set-up would not take it, or it sets what must be ours.</exception>
    public static UserUnattend? Read(AnswerFile? answers)
    {
        if (answers is null)
            return null;
        var source = answers.Source;
        XDocument file;
        try
        {
            // A declared encoding counts, of code pages too; a DTD could name other files.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            using var reader = XmlReader.Create(new MemoryStream(answers.Content), Settings);
            file = XDocument.Load(reader);
        }
        catch (XmlException exception)
        {
            throw new InvalidInputException([$"--answer-file '{source}' is not XML: {exception.Message}"]);
        }
        // Generators write each component for several architectures; set-up takes those of its own.
        file.Descendants(Unattend + "component").Where(UnattendRules.IsForOthersToo).Remove();
        var problems = UnattendRules.Check(file).Select(problem => $"--answer-file '{source}': {problem}.").ToList();
        return problems.Count == 0 ? new UserUnattend(file, source) : throw new InvalidInputException(problems);
    }

    /// <summary>Ours with what the user's adds.</summary>
    /// <exception cref="InvalidInputException">It sets what must be ours; each by its pass, component and element.</exception>
    public XDocument MergeInto(XDocument ours)
    {
        var merged = new XDocument(ours);
        var conflicts = new List<string>();
        var setUpRuns = Find(ours.Root!, "settings", "pass", WindowsPE) is not null;
        foreach (var settings in _file.Root!.Elements(Unattend + "settings"))
        {
            var pass = UnattendRules.PassOf(settings);
            var target = Find(merged.Root!, "settings", "pass", pass);
            if (!setUpRuns && IsOfSetup(pass))
            {
                conflicts.Add(
                    $"--answer-file '{_source}' has the pass '{pass}', which only set-up runs; remove it, or use --installation Setup."
                );
                continue;
            }
            if (target is null)
            {
                merged.Root!.Add(new XElement(settings));
                continue;
            }
            foreach (var component in settings.Elements(Unattend + "component"))
                MergeComponent(target, component, pass, conflicts);
        }
        // Such as <servicing>, and <Extensions>, where a generator keeps the scripts that its commands extract.
        foreach (var other in _file.Root!.Elements().Where(element => element.Name != Unattend + "settings"))
            merged.Root!.Add(new XElement(other));
        return conflicts.Count == 0 ? merged : throw new InvalidInputException(conflicts);
    }

    private void MergeComponent(XElement target, XElement component, string pass, List<string> conflicts)
    {
        var name = UnattendRules.NameOf(component);
        var had = Find(target, "component", "name", name);
        if (had is null)
        {
            target.Add(new XElement(component));
            return;
        }
        foreach (var element in component.Elements())
        {
            var same = had.Element(element.Name);
            if (same is null)
                had.Add(new XElement(element));
            else if (element.Name.LocalName == "FirstLogonCommands")
                Append(same, element);
            else if (!XNode.DeepEquals(Plain(same), Plain(element)))
                conflicts.Add(
                    $"--answer-file '{_source}' sets '{pass}/{name}/{element.Name.LocalName}', which ContainerHost sets itself; remove it."
                );
        }
    }

    // An image that is applied to a disk starts after these.
    private static bool IsOfSetup(string pass) => pass is WindowsPE or OfflineServicing;

    // Ours first, since it makes the guest reachable; the user's keep their order among themselves.
    private static void Append(XElement ours, XElement theirs)
    {
        var order = ours.Elements().Count();
        foreach (var command in theirs.Elements().OrderBy(OrderOf))
        {
            var copy = new XElement(command);
            copy.SetElementValue(Unattend + "Order", (++order).ToString(CultureInfo.InvariantCulture));
            ours.Add(copy);
        }
    }

    private static int OrderOf(XElement command) =>
        int.Parse(command.Element(Unattend + "Order")!.Value, CultureInfo.InvariantCulture);

    // Attributes such as xmlns declarations differ without a meaning.
    private static XElement Plain(XElement element) =>
        element.HasElements
            ? new XElement(element.Name, element.Elements().Select(Plain))
            : new XElement(element.Name, element.Value.Trim());

    private static XElement? Find(XElement parent, string element, string attribute, string value) =>
        parent.Elements(Unattend + element).FirstOrDefault(one => one.Attribute(attribute)?.Value == value);
}
