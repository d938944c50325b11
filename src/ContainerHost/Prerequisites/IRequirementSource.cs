using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Prerequisites;

/// <summary>What hosts are made with, and knows what that takes.</summary>
internal interface IRequirementSource
{
    /// <summary>What a host with that spec needs of this machine, in the order of the report; nothing is looked at yet.</summary>
    IReadOnlyList<RequirementCheck> RequirementsFor(HostSpec spec, LocalFolders paths, LocalMachine machine);
}
