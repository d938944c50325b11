using ContainerHost.Errors;
using ContainerHost.Files;

namespace ContainerHost.Tests.Files;

public sealed class FileLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ch-lock-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "host.lock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_taken_lock_names_its_owner_to_the_second_comer()
    {
        using var first = FileLock.Take(Path, "work");

        var error = Should.Throw<HostBusyException>(() => FileLock.Take(Path, "work on it", "lab"));

        error.Saw.ShouldContain($"process {Environment.ProcessId} holds");
        error.ExitCode.ShouldBe(ExitCodes.HostBusy);
    }

    [Fact]
    public void A_released_lock_can_be_taken_again()
    {
        FileLock.Take(Path, "work").Dispose();

        using var again = FileLock.TryTake(Path);

        again.ShouldNotBeNull();
    }

    [Fact]
    public void A_lock_file_left_by_a_dead_owner_blocks_nobody()
    {
        File.WriteAllText(Path, "");
        File.WriteAllText($"{Path}.owner", "4194304\n");

        using var taken = FileLock.TryTake(Path);

        taken.ShouldNotBeNull();
    }
}
