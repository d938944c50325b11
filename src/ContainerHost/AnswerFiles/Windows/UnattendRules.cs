using System.Xml.Linq;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>What set-up demands of an answer file, as far as our components and those that people add go; it fails late and says little.</summary>
internal static class UnattendRules
{
    private static readonly string[] Passes =
    [
        WindowsPE,
        OfflineServicing,
        "generalize",
        Specialize,
        "auditSystem",
        "auditUser",
        OobeSystem,
    ];

    // Microsoft's "Unattended Windows Setup Reference": the passes of each component.
    private static readonly Dictionary<string, string[]> PassesOf = new(StringComparer.Ordinal)
    {
        [InternationalPE] = [WindowsPE],
        [Setup] = [WindowsPE],
        [DriversPE] = [WindowsPE],
        ["Microsoft-Windows-PnpCustomizationsNonWinPE"] = [OfflineServicing, "auditSystem"],
        [International] = [OfflineServicing, "generalize", Specialize, "auditSystem", OobeSystem],
        [ShellSetup] = [OfflineServicing, "generalize", Specialize, "auditSystem", "auditUser", OobeSystem],
        [ServerManager] = [OfflineServicing, "generalize", Specialize, "auditSystem", OobeSystem],
        [Deployment] = ["generalize", Specialize, "auditSystem", "auditUser", OobeSystem],
        ["Microsoft-Windows-UnattendedJoin"] = [Specialize],
        ["Microsoft-Windows-DNS-Client"] = [WindowsPE, Specialize],
        ["Microsoft-Windows-TCPIP"] = [WindowsPE, Specialize],
        ["Microsoft-Windows-TerminalServices-LocalSessionManager"] =
        [
            OfflineServicing,
            "generalize",
            Specialize,
            "auditSystem",
            OobeSystem,
        ],
    };

    /// <summary>Everything that is wrong, in words; empty for a file that set-up takes.</summary>
    public static IEnumerable<string> Check(XDocument file)
    {
        if (file.Root is not { } root || root.Name != Unattend + "unattend")
            return [$"its root element is not 'unattend' of the namespace {Unattend}"];
        var settings = root.Elements(Unattend + "settings").ToList();
        return
        [
            // By its schema the root takes anything else of other namespaces only; set-up passes over the whole file at this.
            .. root.Elements()
                .Where(one => one.Name.Namespace == Unattend && one.Name.LocalName is not ("servicing" or "settings"))
                .Select(one => $"it has the element '{one.Name.LocalName}', which needs a namespace of its own"),
            .. Twice(settings.Select(PassOf)).Select(pass => $"it has the pass '{pass}' twice"),
            .. settings
                .Select(PassOf)
                .Where(pass => !Passes.Contains(pass))
                .Select(pass => $"'{pass}' is no pass; there are {string.Join(", ", Passes)}"),
            .. settings.SelectMany(CheckPass),
        ];
    }

    /// <summary>True for a component of another architecture that stands beside the same one for amd64.</summary>
    public static bool IsForOthersToo(XElement component) =>
        !IsForUs(component)
        && component.Parent!.Elements(component.Name).Any(one => IsForUs(one) && NameOf(one) == NameOf(component));

    private static bool IsForUs(XElement component) =>
        "amd64".Equals(component.Attribute("processorArchitecture")?.Value, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> CheckPass(XElement settings)
    {
        var pass = PassOf(settings);
        var components = settings.Elements(Unattend + "component").ToList();
        foreach (var name in Twice(components.Select(NameOf)))
            yield return $"the pass '{pass}' has the component '{name}' twice";
        foreach (var component in components)
        {
            var name = NameOf(component);
            if (!IsForUs(component))
                yield return $"the component '{name}' in '{pass}' is not for amd64";
            if (PassesOf.TryGetValue(name, out var allowed) && !allowed.Contains(pass))
                yield return $"the component '{name}' has no place in '{pass}'; it goes to {string.Join(" or ", allowed)}";
            foreach (var problem in UnattendLimits.Check(component).Concat(UnattendActions.Check(component)))
                yield return problem;
            foreach (var list in component.Descendants().Where(IsOrdered))
            {
                var orders = list.Elements().Select(one => one.Element(Unattend + "Order")?.Value).ToList();
                if (orders.Any(order => !int.TryParse(order, out var number) || number is < 1 or > 500))
                    yield return $"'{list.Name.LocalName}' of '{name}' in '{pass}' has an entry without an order from 1 to 500";
                foreach (var order in Twice(orders.OfType<string>()))
                    yield return $"'{list.Name.LocalName}' of '{name}' in '{pass}' has the order {order} twice";
            }
        }
    }

    private static bool IsOrdered(XElement element) =>
        element.Name.LocalName
            is "FirstLogonCommands"
                or "LogonCommands"
                or "RunSynchronous"
                or "RunAsynchronous"
                or "CreatePartitions"
                or "ModifyPartitions";

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names
            .GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

    public static string PassOf(XElement settings) => settings.Attribute("pass")?.Value ?? "";

    public static string NameOf(XElement component) => component.Attribute("name")?.Value ?? "";
}
