using ContainerHost.Processes;

namespace ContainerHost.Machines;

/// <summary>A running machine whose host's folder is deleted.</summary>
internal sealed record StrayMachine(ProcessIdentity Process, string Name, string Folder);
