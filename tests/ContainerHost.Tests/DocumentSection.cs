using Build.Tests.Bootstrap;
using Shouldly;

namespace ContainerHost.Tests;

/// <summary>
/// A part of a document that is made from the code, between <c>&lt;!-- made: NAME --&gt;</c> and <c>&lt;!-- end: NAME --&gt;</c>; running the tests
/// with CONTAINERHOST_APPROVE=1 writes it anew.
/// </summary>
internal static class DocumentSection
{
    public static void ShouldBeIn(this string made, string document, string name)
    {
        var path = Path.Combine(Repository.Root, document);
        var text = File.ReadAllText(path);
        var begin = text.IndexOf($"<!-- made: {name} -->\n", StringComparison.Ordinal);
        var end = text.IndexOf($"<!-- end: {name} -->\n", StringComparison.Ordinal);
        (begin >= 0 && end > begin).ShouldBeTrue($"{document} has no place for '{name}'");
        var told = text[..text.IndexOf('\n', begin)] + $"\n\n{made}\n" + text[end..];
        if (Environment.GetEnvironmentVariable("CONTAINERHOST_APPROVE") == "1")
            File.WriteAllText(path, told);

        File.ReadAllText(path)
            .ShouldBe(told, $"{document} is not what the code says; CONTAINERHOST_APPROVE=1 writes it");
    }
}
