namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The drives that the answer medium may be; nobody knows before, but they come after the disk's own C.</summary>
internal static class AnswerDrives
{
    public static IReadOnlyList<string> Letters { get; } = ["D", "E", "F", "G", "H"];
}
