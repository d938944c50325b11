using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common;

public abstract partial class NukeBuild
{
    private static AbsolutePath? _rootDirectory;

    /// <summary>The directory that has <c>.nuke</c>.</summary>
    [Parameter("Root directory of the build; the nearest one upwards that has '.nuke' by default", Name = "Root")]
    public static AbsolutePath RootDirectory
    {
        get => _rootDirectory ??= RootFinder.Find(Environment.CurrentDirectory);
        internal set => _rootDirectory = value;
    }

    /// <summary>The directory <c>.nuke/temp</c>, made when first asked for.</summary>
    public static AbsolutePath TemporaryDirectory => (RootDirectory / ".nuke" / "temp").CreateDirectory();

    /// <summary>The compiled build.</summary>
    public static AbsolutePath BuildAssemblyFile =>
        System.Reflection.Assembly.GetEntryAssembly() is { Location.Length: > 0 } entry
            ? entry.Location
            : Environment.ProcessPath!;

    /// <summary>The directory of the compiled build.</summary>
    public static AbsolutePath BuildAssemblyDirectory => AppContext.BaseDirectory;

    /// <summary>How much the build tells.</summary>
    [Parameter("How much the build tells on its console")]
    public static Verbosity Verbosity { get; set; } = Verbosity.Normal;

    /// <summary>What the build runs in.</summary>
    [Parameter("What the build runs in; found out by default")]
    public static Host Host { get; internal set; } = new Terminal();

    /// <summary>The profiles whose parameters files were read.</summary>
    [Parameter("Profiles to load: 'ci' reads '.nuke/parameters.ci.json'", Name = "Profile")]
    public static IReadOnlyCollection<string> LoadedLocalProfiles { get; internal set; } = [];

    /// <summary>Whether nobody but a person runs the build.</summary>
    public static bool IsLocalBuild => !IsServerBuild;

    /// <summary>Whether a build server runs the build.</summary>
    public static bool IsServerBuild => Host is IBuildServer;
}
