using System.Text;

namespace ContainerHost.Tests;

/// <summary>Tests each of which has a temporary folder of its own.</summary>
public abstract class FolderTest : IAsyncLifetime
{
    /// <summary>The folder, which goes with its test.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("containerhost-test-").FullName;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A path in the folder.</summary>
    protected string In(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Writes a file of the folder, and the folders that it is in.</summary>
    protected string Put(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllBytes(In(name), content);
        return In(name);
    }

    protected string Put(string name, string text) => Put(name, Encoding.UTF8.GetBytes(text));

    protected string Read(string name) => File.ReadAllText(In(name));
}
