using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The answer file <c>autounattend.xml</c> for a machine of generation 2 (UEFI, GPT) and 64-bit Windows Server, built as XML.</summary>
internal static class UnattendFile
{
    /// <summary>The name under which set-up looks for it on removable media.</summary>
    public const string FileName = "autounattend.xml";

    // Microsoft's "UEFI/GPT-based hard drive partitions": 260 MB for drives with sectors of 4 KB too, 16 MB reserved.
    private const int SystemMiB = 260;
    private const int ReservedMiB = 16;

    // The medium's drive letter is not known before; set-up's own drives come after C.
    private const string FirstLogon =
        """cmd.exe /c for %d in (D E F G H) do if exist %d:\first-logon.ps1 powershell.exe -NoProfile -ExecutionPolicy Bypass -File %d:\first-logon.ps1""";

    public static XDocument Render(WindowsAnswers answers) =>
        new(
            new XElement(
                Unattend + "unattend",
                new XAttribute(XNamespace.Xmlns + "wcm", Wcm),
                Pass(
                    WindowsPE,
                    Component(
                        InternationalPE,
                        Element("SetupUILanguage", Element("UILanguage", answers.Language)),
                        Locale(answers.Language)
                    ),
                    Component(Setup, Disk(), Image(answers.ImageIndex), User(), NoUpdates())
                ),
                Pass(
                    Specialize,
                    Component(
                        ShellSetup,
                        Element("ComputerName", answers.Name.Value),
                        Element("TimeZone", answers.TimeZone)
                    ),
                    Component(ServerManager, Element("DoNotOpenServerManagerAtLogon", "true"))
                ),
                Pass(
                    OobeSystem,
                    Component(International, Locale(answers.Language)),
                    Component(
                        ShellSetup,
                        Element("UserAccounts", Password("AdministratorPassword", answers.Password)),
                        AutoLogon(answers.Password),
                        Element("OOBE", Element("HideEULAPage", "true"), Element("ProtectYourPC", "3")),
                        Element("FirstLogonCommands", Command(1, FirstLogon, "Prepare the guest for ContainerHost"))
                    )
                )
            )
        );

    /// <summary>A command of a list; the order counts from 1.</summary>
    public static XElement Command(int order, string line, string description) =>
        Add(
            "SynchronousCommand",
            Element("Order", order.ToString(CultureInfo.InvariantCulture)),
            Element("CommandLine", line),
            Element("Description", description)
        );

    public static XElement Component(string name, params object[] content) =>
        new(
            Unattend + "component",
            new XAttribute("name", name),
            new XAttribute("processorArchitecture", "amd64"),
            new XAttribute("publicKeyToken", "31bf3856ad364e35"),
            new XAttribute("language", "neutral"),
            new XAttribute("versionScope", "nonSxS"),
            content
        );

    public static XElement Pass(string name, params object[] components) =>
        new(Unattend + "settings", new XAttribute("pass", name), components);

    public static XElement Element(string name, params object[] content) => new(Unattend + name, content);

    private static XElement Add(string name, params object[] content) =>
        new(Unattend + name, new XAttribute(Wcm + "action", "add"), content);

    private static XElement[] Locale(string language) =>
        [
            Element("InputLocale", language),
            Element("SystemLocale", language),
            Element("UILanguage", language),
            Element("UserLocale", language),
        ];

    private static XElement Disk() =>
        Element(
            "DiskConfiguration",
            Element("WillShowUI", "OnError"),
            Add(
                "Disk",
                Element("DiskID", "0"),
                Element("WillWipeDisk", "true"),
                Element(
                    "CreatePartitions",
                    Partition(1, "EFI", Element("Size", $"{SystemMiB}")),
                    Partition(2, "MSR", Element("Size", $"{ReservedMiB}")),
                    Partition(3, "Primary", Element("Extend", "true"))
                ),
                Element(
                    "ModifyPartitions",
                    Format(1, 1, "FAT32", "System"),
                    Format(2, 3, "NTFS", "Windows", Element("Letter", "C"))
                )
            )
        );

    private static XElement Partition(int order, string type, XElement size) =>
        Add("CreatePartition", Element("Order", $"{order}"), Element("Type", type), size);

    private static XElement Format(int order, int partition, string format, string label, params XElement[] more) =>
        Add(
            "ModifyPartition",
            Element("Order", $"{order}"),
            Element("PartitionID", $"{partition}"),
            Element("Format", format),
            Element("Label", label),
            more
        );

    private static XElement Image(int index) =>
        Element(
            "ImageInstall",
            Element(
                "OSImage",
                Element("InstallFrom", Add("MetaData", Element("Key", "/IMAGE/INDEX"), Element("Value", $"{index}"))),
                Element("InstallTo", Element("DiskID", "0"), Element("PartitionID", "3")),
                Element("WillShowUI", "OnError")
            )
        );

    // The user accepted the terms with --accept-license. Evaluation media need no product key.
    private static XElement User() =>
        Element("UserData", Element("AcceptEula", "true"), Element("FullName", "ContainerHost"));

    private static XElement NoUpdates() =>
        Element("DynamicUpdate", Element("Enable", "false"), Element("WillShowUI", "OnError"));

    private static XElement AutoLogon(string password) =>
        Element(
            "AutoLogon",
            Password("Password", password),
            Element("Enabled", "true"),
            Element("LogonCount", "1"),
            Element("Username", "Administrator")
        );

    // Set-up's own encoding, which hides a password from a glance and no more: the medium is removed and deleted after use.
    private static XElement Password(string name, string password) =>
        Element(
            name,
            Element("Value", Convert.ToBase64String(Encoding.Unicode.GetBytes(password + name))),
            Element("PlainText", "false")
        );
}
