namespace ContainerHost.Specification.Parameters;

/// <summary>What another value of a parameter takes on a host that is there already.</summary>
internal enum Change
{
    /// <summary>It concerns the run alone, and is not kept.</summary>
    ThisRun,

    /// <summary>It counts from the next run on; the machine stays as it is.</summary>
    InPlace,

    /// <summary>What is larger takes the place of what was, as the machine runs; less takes another host.</summary>
    Grow,

    /// <summary>The machine is shut down, changed and started again.</summary>
    PowerCycle,

    /// <summary>InstallContainers runs again.</summary>
    InstallAgain,

    /// <summary>The host must be made anew, with <c>--recreate</c>.</summary>
    MakeAnew,
}
