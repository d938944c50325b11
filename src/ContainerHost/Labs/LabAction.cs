namespace ContainerHost.Labs;

/// <summary>What LabUp does with a host.</summary>
public enum LabAction
{
    /// <summary>Nothing: it is as the file says, and runs.</summary>
    Keep,

    /// <summary>It is made, or made again where an earlier run did not finish.</summary>
    Create,

    /// <summary>It is changed as it is, or goes on where an earlier run stopped.</summary>
    Change,

    /// <summary>It is destroyed and made anew, which takes <c>--recreate</c>.</summary>
    Replace,

    /// <summary>The file names it no more: it is destroyed.</summary>
    Remove,
}
