namespace ContainerHost.Specification.Parameters;

/// <summary>What is wrong with a parameter's value, in the one form that all such problems have.</summary>
internal static class Problem
{
    public static string Of(string name, string value, string allowed, string hint = "") =>
        $"--{name} '{value}' is not valid. Allowed: {allowed}.{hint}";

    /// <summary>The same for one of several words, with the word that was probably meant.</summary>
    public static string OfChoice(string name, string value, IReadOnlyList<string> words) =>
        Of(name, value, string.Join(", ", words), Nearest.Hint(value, words));
}
