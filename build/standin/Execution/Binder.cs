using Nuke.Common.IO;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Gathers what a run is given: arguments, environment and parameters files.</summary>
internal static class Binder
{
    /// <summary>What the files add; targets are defined before they are read, as in NUKE.</summary>
    public static ParameterValues WithFiles(ParameterValues values) =>
        values with
        {
            Files = Files(NukeBuild.RootDirectory, values.Find(nameof(NukeBuild.Profile))?.Texts ?? []),
        };

    /// <summary>What the command line and the environment give, the root above all.</summary>
    public static ParameterValues Bind(
        Type build,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var values = new ParameterValues(
            ParameterMember.Of(build),
            new CommandLine(arguments),
            new EnvironmentValues(environment),
            []
        );
        // Help must come wherever it is asked for.
        if (!values.IsOn(nameof(NukeBuild.Help)) && values.Find("Root") is { } root)
            NukeBuild.RootDirectory = RootFinder.Named(root.Texts.FirstOrDefault(""));
        return values;
    }

    // The strongest first: a later profile goes before an earlier one, and both before the defaults of all.
    private static List<ParametersFile> Files(AbsolutePath root, IReadOnlyList<string> profiles)
    {
        var files = profiles.Reverse().Select(profile => Profile(root, profile)).ToList();
        var common = root / ".nuke" / "parameters.json";
        if (File.Exists(common))
            files.Add(Read(root, common));
        return files;
    }

    private static ParametersFile Profile(AbsolutePath root, string profile)
    {
        var file = root / ".nuke" / $"parameters.{profile}.json";
        return File.Exists(file)
            ? Read(root, file)
            : throw new InputException($"There is no profile '{profile}': {Shown(root, file)} does not exist.");
    }

    private static ParametersFile Read(AbsolutePath root, AbsolutePath file) =>
        new(Shown(root, file), File.ReadAllText(file));

    private static string Shown(AbsolutePath root, AbsolutePath file) => Path.GetRelativePath(root, file);
}
