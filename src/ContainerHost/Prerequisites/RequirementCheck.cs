using ContainerHost.Prerequisites.Probes;

namespace ContainerHost.Prerequisites;

/// <summary>A requirement with the probe that looks whether it is met.</summary>
internal sealed record RequirementCheck(Requirement Requirement, IProbe Probe);
