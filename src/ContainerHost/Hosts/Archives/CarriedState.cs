using ContainerHost.Specification;

namespace ContainerHost.Hosts.Archives;

/// <summary>A host's state as it is elsewhere: without what was this machine's, a template's or a lab's, and not verified there yet.</summary>
internal static class CarriedState
{
    public static HostState Of(HostState state, HostName name, Guid instanceId, DateTimeOffset? expiresAt)
    {
        var spec = state.Spec with
        {
            Name = name,
            Provider = HostSpec.ProviderHere,
            // What it said is in the guest; a file of that path may be anything.
            AnswerFile = null,
            AnswerFileDigest = null,
            // They were another machine's ports, and who has the archive did not ask for them here.
            Forward = null,
            // And its folders.
            Mount = null,
        };
        return SpecChange.Carry(state, spec) with
        {
            InstanceId = instanceId,
            ExpiresAt = expiresAt,
            // It lies on a disk of its own now.
            ClonedFrom = null,
            MachineId = null,
            Lab = null,
            LastVerification = null,
        };
    }
}
