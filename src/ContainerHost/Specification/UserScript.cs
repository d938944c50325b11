namespace ContainerHost.Specification;

/// <summary>A script of the user's for a guest, as it was read: text in UTF-8 without a byte order mark, its lines ended by line feeds.</summary>
internal sealed record UserScript(string Source, string Text)
{
    public string Name => Path.GetFileName(Source);

    /// <summary>By what a host knows that it ran: its name and the short hash of its content; as the guest's user it is another run than as root.</summary>
    private const string OfUser = "-user";

    public string Mark(bool asUser) => $"{Name} {Fingerprint.OfText(Text)}{(asUser ? OfUser : "")}";

    /// <summary>True for the mark of a script that ran as the guest's own user.</summary>
    public static bool IsOfUser(string mark) => mark.EndsWith(OfUser, StringComparison.Ordinal);

    /// <summary>The script's name in a mark.</summary>
    public static string NameIn(string mark) => mark.LastIndexOf(' ') is >= 0 and var at ? mark[..at] : mark;
}
