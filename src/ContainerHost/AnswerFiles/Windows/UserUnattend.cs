using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ContainerHost.Errors;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;
using static ContainerHost.AnswerFiles.Windows.UnattendXml;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The user's own answer file: what it adds is taken, our defaults give way to it, and what it sets otherwise than we must is refused by name.</summary>
internal sealed class UserUnattend
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit };

    // Their settings may stand beside ours.
    private static readonly string[] Shared = ["UserAccounts", "UserData", "ProductKey", "OOBE"];

    // What is ours because something must be; another's does as well.
    private static readonly string[] Defaults =
    [
        "component/TimeZone",
        "component/InputLocale",
        "component/SystemLocale",
        "component/UserLocale",
        "UserData/FullName",
        "ProductKey/WillShowUI",
        "OOBE/ProtectYourPC",
    ];

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
        UnattendActions.Complete(file);
        return problems.Count == 0 ? new UserUnattend(file, source) : throw new InvalidInputException(problems);
    }

    /// <summary>Ours with what the user's adds, and what of ours gave way to it.</summary>
    /// <exception cref="InvalidInputException">It sets what must be ours, or what a parameter sets too; each by its pass, component and element.</exception>
    public (XDocument Answers, IReadOnlyList<string> Replaced) MergeInto(WindowsAnswers answers)
    {
        var merged = UnattendFile.Render(answers);
        var conflicts = FindParameters(answers).Concat(FindAccounts(answers)).ToList();
        var replaced = new List<string>();
        var setUpRuns = Find(merged.Root!, "settings", "pass", WindowsPE) is not null;
        foreach (var settings in _file.Root!.Elements(Unattend + "settings"))
        {
            var pass = UnattendRules.PassOf(settings);
            if (!setUpRuns && IsOfSetup(pass))
            {
                conflicts.Add(
                    $"--answer-file '{_source}' has the pass '{pass}', which only set-up runs; remove it, or use --installation Setup."
                );
                continue;
            }
            var target = Find(merged.Root!, "settings", "pass", pass);
            if (target is null)
                merged.Root!.Add(target = UnattendXml.Pass(pass));
            foreach (var component in settings.Elements(Unattend + "component"))
            {
                var name = UnattendRules.NameOf(component);
                var had = Find(target, "component", "name", name);
                // Names it as set-up finds it, whatever of that the user left out.
                if (had is null)
                    target.Add(had = UnattendXml.Component(name));
                Merge(had, component);
            }
        }
        // <servicing> comes first by the schema; others, such as the <Extensions> where a generator keeps its scripts, last.
        foreach (var other in _file.Root!.Elements().Where(element => element.Name != Unattend + "settings"))
        {
            if (other.Name == Unattend + "servicing")
                merged.Root!.AddFirst(new XElement(other));
            else
                merged.Root!.Add(new XElement(other));
        }
        return conflicts.Count == 0 ? (merged, replaced) : throw new InvalidInputException(conflicts);

        void Merge(XElement ours, XElement theirs)
        {
            foreach (var element in theirs.Elements())
            {
                if (ours.Element(element.Name) is not { } same)
                    ours.Add(new XElement(element));
                else if (element.Name.LocalName == "FirstLogonCommands")
                    Append(same, element);
                else if (Shared.Contains(element.Name.LocalName) && element.HasElements)
                    Merge(same, element);
                else if (answers.ParameterOf(KindOf(element)) is null && !XNode.DeepEquals(Plain(same), Plain(element)))
                    Replace(same, element);
            }
        }

        void Replace(XElement ours, XElement theirs)
        {
            if (Defaults.Contains(KindOf(theirs)))
            {
                replaced.Add(PlaceOf(theirs));
                ours.ReplaceWith(new XElement(theirs));
                return;
            }
            conflicts.Add(
                $"--answer-file '{_source}' sets '{PlaceOf(theirs)}', which ContainerHost sets itself; remove it."
            );
        }
    }

    // In whatever pass: a later one would count.
    private IEnumerable<string> FindParameters(WindowsAnswers answers) =>
        from element in _file.Descendants()
        let parameter = element.HasElements ? null : answers.ParameterOf(KindOf(element))
        where parameter is not null
        select $"--answer-file '{_source}' sets '{PlaceOf(element)}', and so does --{parameter}; leave one of them out.";

    private IEnumerable<string> FindAccounts(WindowsAnswers answers)
    {
        foreach (var name in _file.Descendants(Unattend + "Name").Where(one => KindOf(one) == "LocalAccount/Name"))
        {
            var account = name.Value.Trim();
            if (account.Equals(Administrator, StringComparison.OrdinalIgnoreCase))
                yield return $"--answer-file '{_source}' sets the account '{account}', which ContainerHost logs in as; remove it, and give its password by --password.";
            // Such an account gets no group (unattend-generator's issue 16).
            else if (account.Equals(answers.Name.Value, StringComparison.OrdinalIgnoreCase))
                yield return $"--answer-file '{_source}' sets the account '{account}', as the guest itself is called; give one of them another name.";
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
