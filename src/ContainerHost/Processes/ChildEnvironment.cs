namespace ContainerHost.Processes;

/// <summary>Which of the build's variables the programs get that it runs: what they need to work, and none of a pipeline's secrets.</summary>
internal static class ChildEnvironment
{
    /// <summary>Proxies; their addresses may have passwords.</summary>
    public static IReadOnlyList<string> Proxies { get; } =
    [
        "http_proxy",
        "https_proxy",
        "ftp_proxy",
        "all_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "FTP_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    ];

    private static readonly HashSet<string> Names =
    [
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "SHELL",
        "TERM",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TMPDIR",
        "LD_LIBRARY_PATH",
        "APT_CONFIG",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        .. Proxies,
    ];

    private static readonly string[] Beginnings = ["LC_", "XDG_"];

    /// <summary>True for a variable that is handed on. On Windows all are: its programs need many, and end with the run.</summary>
    public static bool Passes(string name) =>
        OperatingSystem.IsWindows()
        || Names.Contains(name)
        || Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
