using ContainerHost.Machines;
using ContainerHost.Media;

namespace ContainerHost.Hosts.Templates;

/// <summary>The one place where a template's kind is chosen.</summary>
internal static class TemplateKind
{
    /// <summary>
    /// The kind that a copy of a machine becomes: frozen where its hypervisor freezes. UEFI has variables beside memory and disk, which nobody has frozen yet
    /// (docs/adr/0036-templates-that-are-off.md).
    /// </summary>
    public static ITemplateKind For(IHypervisor hypervisor, BaseDisk disk) =>
        hypervisor.Freezer is { } freezer && !disk.NeedsUefi ? new FrozenTemplate(freezer) : new OffTemplate();

    /// <summary>The kind of one that is there.</summary>
    public static ITemplateKind Of(IHypervisor hypervisor, Template template) =>
        template.IsFrozen && hypervisor.Freezer is { } freezer ? new FrozenTemplate(freezer) : new OffTemplate();
}
