using System.Xml.Linq;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;
using static ContainerHost.AnswerFiles.Windows.UnattendXml;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The answer file for a machine of generation 2 (UEFI, GPT) and 64-bit Windows Server, built as XML.</summary>
internal static class UnattendFile
{
    /// <summary>The name under which set-up looks for it on removable media.</summary>
    public const string SetupName = "autounattend.xml";

    /// <summary>The name under which a Windows that is on its disk already looks for it there (Microsoft's "Windows Setup Automation Overview").</summary>
    public const string AppliedName = "unattend.xml";

    private static readonly string FirstLogon =
        $"cmd.exe /c for %d in ({string.Join(' ', AnswerDrives.Letters)}) do if exist %d:\\first-logon.ps1 "
        + "powershell.exe -NoProfile -ExecutionPolicy Bypass -File %d:\\first-logon.ps1";

    public static XDocument Render(WindowsAnswers answers) =>
        new(
            new XElement(
                Unattend + "unattend",
                new XAttribute(XNamespace.Xmlns + "wcm", Wcm),
                answers.ImageIndex is { } index ? UnattendSetup.Pass(answers, index) : null,
                Pass(
                    Specialize,
                    // The base disk is as small as can be; this host's own may be larger.
                    answers.ImageIndex
                        is null
                        ? Component(Deployment, Element("ExtendOSPartition", Element("Extend", "true")))
                        : null,
                    Component(
                        ShellSetup,
                        Element("ComputerName", answers.Name.Value),
                        answers.ProductKey is { } key ? Element("ProductKey", key) : null,
                        Element("TimeZone", answers.TimeZone ?? "UTC")
                    ),
                    Component(ServerManager, Element("DoNotOpenServerManagerAtLogon", "true"))
                ),
                Pass(
                    OobeSystem,
                    Component(International, Locale(answers)),
                    Component(
                        ShellSetup,
                        Element("UserAccounts", Password("AdministratorPassword", answers.Password)),
                        AutoLogon(answers.Password),
                        Element(
                            "OOBE",
                            // In the order of Microsoft's schema; harmless where a page does not exist (chef/bento, rgl/windows-vagrant).
                            Element("HideEULAPage", "true"),
                            Element("HideLocalAccountScreen", "true"),
                            Element("HideOEMRegistrationScreen", "true"),
                            Element("HideOnlineAccountScreens", "true"),
                            Element("HideWirelessSetupInOOBE", "true"),
                            Element("ProtectYourPC", "3")
                        ),
                        Element("FirstLogonCommands", Command(1, FirstLogon, "Prepare the guest for ContainerHost"))
                    )
                )
            )
        );

    private static XElement AutoLogon(string password) =>
        Element(
            "AutoLogon",
            Password("Password", password),
            Element("Enabled", "true"),
            Element("LogonCount", "1"),
            Element("Username", Administrator)
        );
}
