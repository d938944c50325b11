using System.Globalization;
using System.Xml.Linq;
using static ContainerHost.AnswerFiles.Windows.UnattendNames;
using static ContainerHost.AnswerFiles.Windows.UnattendXml;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The pass <c>windowsPE</c>: drivers that set-up needs to see the disk, the disk's layout, and the image that goes onto it.</summary>
internal static class UnattendSetup
{
    // Microsoft's "UEFI/GPT-based hard drive partitions": 260 MB for drives with sectors of 4 KB too, 16 MB reserved.
    private const int SystemMiB = 260;
    private const int ReservedMiB = 16;

    public static XElement Pass(WindowsAnswers answers, int imageIndex) =>
        UnattendXml.Pass(
            WindowsPE,
            Component(
                InternationalPE,
                Element("SetupUILanguage", Element("UILanguage", answers.Language)),
                Locale(answers),
                // Without it the set-up of 2025 may show its language page (cschneegans/unattend-generator, 64).
                Element("UILanguageFallback", answers.Language)
            ),
            answers.DriverFolders.Count > 0 ? Component(DriversPE, Drivers(answers.DriverFolders)) : null,
            Component(Setup, Disk(), Image(imageIndex), User(answers.SetUpKey), NoUpdates())
        );

    // Which letter the medium has is not known before; set-up passes over folders that are not there.
    private static XElement Drivers(IReadOnlyList<string> folders) =>
        Element(
            "DriverPaths",
            AnswerDrives
                .Letters.SelectMany(letter => folders.Select(folder => $@"{letter}:\{folder}"))
                .Select((path, index) => Driver(index + 1, path))
        );

    private static XElement Driver(int key, string path)
    {
        var driver = Entry("PathAndCredentials", Element("Path", path));
        driver.SetAttributeValue(Wcm + "keyValue", key.ToString(CultureInfo.InvariantCulture));
        return driver;
    }

    private static XElement Disk() =>
        Element(
            "DiskConfiguration",
            Element("WillShowUI", "OnError"),
            Entry(
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
        Entry("CreatePartition", Element("Order", $"{order}"), Element("Type", type), size);

    private static XElement Format(int order, int partition, string format, string label, params XElement[] more) =>
        Entry(
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
                Element("InstallFrom", Entry("MetaData", Element("Key", "/IMAGE/INDEX"), Element("Value", $"{index}"))),
                Element("InstallTo", Element("DiskID", "0"), Element("PartitionID", "3")),
                Element("WillShowUI", "OnError")
            )
        );

    // The user accepted the terms with --accept-license. Evaluation media take no product key, yet some want the element (dockur/windows,
    // answer.sh; chef/bento and rgl/windows-vagrant write it so); others ask for one here, and what activates Windows is the same one in the pass
    // specialize (Microsoft's "ProductKey", comparison of product key settings).
    private static XElement User(string? productKey) =>
        Element(
            "UserData",
            Element(
                "ProductKey",
                productKey is null ? null : Element("Key", productKey),
                Element("WillShowUI", "OnError")
            ),
            Element("AcceptEula", "true"),
            Element("FullName", "ContainerHost")
        );

    private static XElement NoUpdates() =>
        Element("DynamicUpdate", Element("Enable", "false"), Element("WillShowUI", "OnError"));
}
