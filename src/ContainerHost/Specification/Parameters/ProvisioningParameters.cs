namespace ContainerHost.Specification.Parameters;

/// <summary>The parameters by which a host takes scripts of the user's: those that set it up, and those that check it.</summary>
internal static class ProvisioningParameters
{
    private const string Root = "root";
    private static readonly string[] Users = [Root, "user"];

    public static IReadOnlyList<Parameter> All { get; } =
    [
        new()
        {
            Name = "provision",
            IsList = true,
            IsPath = true,
            Words =
                "Scripts that are run in the guest, once each unless they change: files, folders of them, or stdin for standard input, with commas between",
            Allowed =
                "text in UTF-8 of at most 1 MiB; for Windows guests it ends in .ps1, and of folders *.sh or *.ps1 are taken in the order of their names",
            Change = Change.ThisRun,
            // They are read once, when the host is opened.
            Read = (spec, _, _) => spec,
        },
        new()
        {
            Name = "provision-as",
            Words = "Who runs them: root, or the guest's own user",
            Default = Root,
            Values = Users,
            Change = Change.ThisRun,
            Read = CheckUser,
        },
        new()
        {
            Name = "check",
            IsList = true,
            Words = "Checks of your own, which Verify runs last and the host keeps: scripts that pass by exit code 0",
            Allowed = OwnCheck.Allowed,
            Change = Change.InPlace,
            Read = OwnCheck.Read,
            Value = spec => OwnCheck.Describe(spec.OwnChecks),
        },
    ];

    private static HostSpec CheckUser(HostSpec spec, string text, List<string> problems)
    {
        if (!Users.Contains(text, StringComparer.OrdinalIgnoreCase))
            problems.Add(Problem.OfChoice("provision-as", text, Users));
        else if (spec.Windows is not null && !text.Equals(Root, StringComparison.OrdinalIgnoreCase))
            problems.Add($"--provision-as {text} is for Linux guests: on Windows the Administrator is the only user.");
        return spec;
    }
}
