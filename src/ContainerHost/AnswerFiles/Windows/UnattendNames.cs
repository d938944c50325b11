using System.Xml.Linq;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The names that Windows' answer files are made of (Microsoft's "Unattended Windows Setup Reference").</summary>
internal static class UnattendNames
{
    public static readonly XNamespace Unattend = "urn:schemas-microsoft-com:unattend";
    public static readonly XNamespace Wcm = "http://schemas.microsoft.com/WMIConfig/2002/State";

    /// <summary>The built-in account by the name that set-up knows it by in every language.</summary>
    public const string Administrator = "Administrator";

    public const string WindowsPE = "windowsPE";
    public const string OfflineServicing = "offlineServicing";
    public const string Specialize = "specialize";
    public const string OobeSystem = "oobeSystem";

    public const string InternationalPE = "Microsoft-Windows-International-Core-WinPE";
    public const string International = "Microsoft-Windows-International-Core";
    public const string DriversPE = "Microsoft-Windows-PnpCustomizationsWinPE";
    public const string Deployment = "Microsoft-Windows-Deployment";
    public const string Setup = "Microsoft-Windows-Setup";
    public const string ShellSetup = "Microsoft-Windows-Shell-Setup";
    public const string ServerManager = "Microsoft-Windows-ServerManager-SvrMgrNc";
}
