using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>What an answer file for Windows Server says.</summary>
internal sealed record WindowsAnswers
{
    /// <summary>The guest's computer name.</summary>
    public required HostName Name { get; init; }

    /// <summary>The built-in administrator's password (a secret).</summary>
    public required string Password { get; init; }

    /// <summary>The number of the image that set-up installs, from 1; null for one that is applied to the disk already.</summary>
    public int? ImageIndex { get; init; }

    /// <summary>Folders of the answer medium with drivers that set-up needs; none by default.</summary>
    public IReadOnlyList<string> DriverFolders { get; init; } = [];

    /// <summary>Language, formats and keyboard, as a culture's name; en-US by default.</summary>
    public string Language { get; init; } = "en-US";

    /// <summary>Windows' name of the time zone; UTC by default.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The name alone: the rest has a secret.</summary>
    public override string ToString() => $"answers for '{Name}'";
}
