namespace ContainerHost.Errors;

/// <summary>The stable exit codes of a build; documented in docs/reference.md.</summary>
public static class ExitCodes
{
    /// <summary>Everything asked for was done.</summary>
    public const int Success = 0;

    /// <summary>Something nobody foresaw; the log has the details.</summary>
    public const int Unexpected = 1;

    /// <summary>The input is wrong; nothing was touched.</summary>
    public const int InvalidInput = 2;

    /// <summary>The machine lacks something; the error names the command that installs it.</summary>
    public const int PrerequisitesMissing = 3;

    /// <summary>The host exists, and at least one check of it failed.</summary>
    public const int VerificationFailed = 4;

    /// <summary>Making or driving the host failed.</summary>
    public const int HostFailed = 5;

    /// <summary>A deadline passed.</summary>
    public const int TimedOut = 6;

    /// <summary>Another process is working on the same host.</summary>
    public const int HostBusy = 7;

    /// <summary>The user cancelled (Ctrl-C or SIGTERM); by the shell's convention for SIGINT.</summary>
    public const int Cancelled = 130;
}
