using System.Runtime.CompilerServices;

namespace ContainerHost.Tests;

/// <summary>
/// Compares a text with the one that was read and approved by people, which lies beside the test as <c>name.approved.txt</c>. Running the
/// tests with CONTAINERHOST_APPROVE=1 writes it anew, for people to read in the difference.
/// </summary>
internal static class Approved
{
    public static void ShouldBeApproved(this string text, string name, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, $"{name}.approved.txt");
        if (Environment.GetEnvironmentVariable("CONTAINERHOST_APPROVE") == "1")
            File.WriteAllText(path, text);
        File.Exists(path).ShouldBeTrue($"{path} is missing; CONTAINERHOST_APPROVE=1 writes it");
        text.ShouldBe(File.ReadAllText(path), $"not as approved in {path}; CONTAINERHOST_APPROVE=1 writes it anew");
    }
}
