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

    /// <summary>Language and formats, as a culture's name; en-US by default.</summary>
    public string Language { get; init; } = "en-US";

    /// <summary>Windows' name of the time zone that was asked for; null for UTC, or the one of the user's own file.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The keyboard that was asked for; null for the language's, or the one of the user's own file.</summary>
    public string? Keyboard { get; init; }

    /// <summary>The product key (a secret); null for none, as evaluation media want it.</summary>
    public string? ProductKey { get; init; }

    /// <summary>Microsoft's public key for volume media of the image's edition, which set-up chooses the edition by and which activates nothing; null for an evaluation.</summary>
    public string? ClientKey { get; init; }

    /// <summary>The key that set-up itself is given.</summary>
    public string? SetUpKey => ProductKey ?? ClientKey;

    /// <summary>The parameter that gave a setting, by the setting's kind; null where none did.</summary>
    public string? ParameterOf(string kind) =>
        kind switch
        {
            "component/TimeZone" when TimeZone is not null => "time-zone",
            "component/InputLocale" when Keyboard is not null => "keyboard",
            "component/ProductKey" or "ProductKey/Key" when ProductKey is not null => "product-key",
            _ => null,
        };

    /// <summary>The name alone: the rest has secrets.</summary>
    public override string ToString() => $"answers for '{Name}'";
}
