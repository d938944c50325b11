namespace ContainerHost.Verification.Checks;

/// <summary>By what a clone is known, and whose key opens it; nothing of it is the template's or another clone's. Keys are their Base64 part.</summary>
internal sealed record CloneMarks(
    string Name,
    string MachineId,
    string InstanceId,
    string Mac,
    string ClientKey,
    string HostKey
);
