namespace ContainerHost.Machines;

/// <summary>A file of a template: its path on its hypervisor's machine, the bytes that it takes there, and whether it is still what the template was made with.</summary>
internal sealed record TemplateFile(string Path, long Room, bool IsWhole);
