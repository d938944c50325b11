namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>What cloud-init takes for one part of a user's data: its kind, by the content type that cloud-init gives it, and its text.</summary>
internal sealed record UserPart(string Type, string Text)
{
    public const string Config = "text/cloud-config";
    public const string Patch = "text/cloud-config-jsonp";
    public const string Archive = "text/cloud-config-archive";
    public const string Template = "text/jinja2";

    // The longest that fits counts (cloud-init's handlers/__init__.py, INCLUSION_TYPES_MAP).
    private static readonly (string Start, string Type)[] Kinds =
    [
        ("#cloud-config-archive", Archive),
        ("#cloud-config-jsonp", Patch),
        ("## template: jinja", Template),
        ("#cloud-boothook", "text/cloud-boothook"),
        ("#include-once", "text/x-include-once-url"),
        ("#part-handler", "text/part-handler"),
        ("#cloud-config", Config),
        ("#include", "text/x-include-url"),
        ("#!", "text/x-shellscript"),
    ];

    /// <summary>The beginnings that cloud-init knows a text by.</summary>
    public static IEnumerable<string> Starts => Kinds.Select(kind => kind.Start);

    /// <summary>The kind of a text by its beginning, blanks apart; null for one that cloud-init would pass over.</summary>
    public static string? TypeOf(string text)
    {
        var start = text.TrimStart();
        return Kinds.FirstOrDefault(kind => start.StartsWith(kind.Start, StringComparison.OrdinalIgnoreCase)).Type;
    }

    /// <summary>True for what is run by a shell.</summary>
    public bool IsScript =>
        Type is "text/cloud-boothook" || Type.StartsWith("text/x-shellscript", StringComparison.Ordinal);
}
