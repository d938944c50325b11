namespace ContainerHost.Specification;

/// <summary>
/// Microsoft's public KMS client setup keys (MicrosoftDocs/windowsserverdocs, get-started/kms-client-activation-keys.md). They tell set-up the edition
/// and activate nothing; a product key of the user's that is one of them says what it is for.
/// </summary>
internal static class WindowsKeys
{
    private const string Standard = "ServerStandard";
    private const string Datacenter = "ServerDatacenter";
    private const string Evaluation = "Eval";

    private static readonly (int Build, string Edition, string Key)[] Rows =
    [
        (WindowsBuilds.Server2016, Standard, "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY"),
        (WindowsBuilds.Server2016, Datacenter, "CB7KF-BWN84-R7R2Y-793K2-8XDDG"),
        (WindowsBuilds.Server2019, Standard, "N69G4-B89J2-4G8F4-WWYCC-J464C"),
        (WindowsBuilds.Server2019, Datacenter, "WMDGN-G9PQG-XVVXX-R3X43-63DFG"),
        (WindowsBuilds.Server2022, Standard, "VDYBN-27WPP-V4HQT-9VMD4-VMK7H"),
        (WindowsBuilds.Server2022, Datacenter, "WX4NM-KYWYW-QJJR4-XV3QB-6VM33"),
        (WindowsBuilds.Server2025, Standard, "TVRH6-WHNXV-R9WG3-9XRFY-MY832"),
        (WindowsBuilds.Server2025, Datacenter, "D764K-2NDRG-47T6Q-P8T8W-YP6DF"),
    ];

    /// <summary>The edition without what tells an evaluation or Core: <c>ServerDatacenterEvalCor</c> is a <c>ServerDatacenter</c>.</summary>
    public static string PlainEdition(string editionId) => Less(Less(editionId, "Cor"), Evaluation);

    /// <summary>The key of an image that set-up might ask one for; null for an evaluation, which takes none, and for what is not known.</summary>
    public static string? For(int? build, string? editionId) =>
        editionId is null || IsEvaluation(editionId)
            ? null
            : Rows.FirstOrDefault(row => row.Build == build && row.Edition == PlainEdition(editionId)).Key;

    /// <summary>What is wrong with a user's key for an image; null when nothing is, or nobody can tell.</summary>
    public static string? Refuse(string key, int? build, string? editionId)
    {
        if (editionId is null)
            return null;
        if (IsEvaluation(editionId))
            return $"the medium is an evaluation ({editionId}), which takes no product key";
        var known = Rows.FirstOrDefault(row => row.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
        return known.Key is null || (known.Build == build && known.Edition == PlainEdition(editionId))
            ? null
            : $"the key is Microsoft's public one for {known.Edition} of build {known.Build}, and the image is {editionId} of build {build}";
    }

    private static bool IsEvaluation(string editionId) =>
        Less(editionId, "Cor").EndsWith(Evaluation, StringComparison.Ordinal);

    private static string Less(string text, string end) =>
        text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
}
