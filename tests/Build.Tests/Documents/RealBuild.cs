using System.Reflection;
using ContainerHost.Targets.Input;
using Nuke.Common;

namespace Build.Tests.Documents;

/// <summary>This repository's own build, which nothing else can name: a namespace here has its name.</summary>
internal static class RealBuild
{
    public static Type Type { get; } = Assembly.Load("_build").GetType("Build")!;

    public static IReadOnlyList<string> Targets { get; } = Call.TargetsOf(Type);

    public static IReadOnlyList<BuildParameter> Parameters { get; } = BuildParameter.Of(Type);

    /// <summary>The build as it is for a command line, without variables and files.</summary>
    public static NukeBuild For(IEnumerable<string> words)
    {
        var build = (NukeBuild)Activator.CreateInstance(Type, nonPublic: true)!;
        build.Values = Nuke.Common.Execution.Binder.Bind(Type, words, new Dictionary<string, string>());
        return build;
    }

    /// <summary>The component that declares a target.</summary>
    public static Type ComponentOf(string target) =>
        Type.GetInterfaces().Single(component => component.GetProperty(target)?.PropertyType == typeof(Target));
}
