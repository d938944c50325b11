using ContainerHost.AnswerFiles;
using ContainerHost.Guests;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;

namespace ContainerHost.Hosts.Templates;

/// <summary>How a template is kept, and how a clone of it comes to its identity: all in which templates differ.</summary>
internal interface ITemplateKind
{
    /// <summary>True when the copy that becomes the template keeps its memory in a file.</summary>
    bool KeepsMemory { get; }

    /// <summary>Strips the running copy of its identity, and stops it for good; returns its disk, with what else clones begin from.</summary>
    Task<BaseDisk> StopAsync(StepContext context, BaseDisk disk, CancellationToken cancellationToken);

    /// <summary>Starts a clone that is defined, and lets its guest become who it is to be; returns a shell of that guest's, and its address where it told it.</summary>
    Task<(IGuestShell Shell, string? Address)> BecomeAsync(
        StepContext context,
        GuestIdentity identity,
        CancellationToken cancellationToken
    );
}
