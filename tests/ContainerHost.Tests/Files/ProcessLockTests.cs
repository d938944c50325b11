using ContainerHost.Errors;
using ContainerHost.Files;

namespace ContainerHost.Tests.Files;

public sealed class ProcessLockTests : FolderTest
{
    private string Lock => In("host.lock");

    [Fact]
    public void A_taken_lock_names_its_owner_to_the_second_comer()
    {
        using var first = ProcessLock.Take(Lock, "work");

        var error = Should.Throw<HostBusyException>(() => ProcessLock.Take(Lock, "work on it", "lab"));

        error.Saw.ShouldContain($"process {Environment.ProcessId} holds");
        error.ExitCode.ShouldBe(ExitCodes.HostBusy);
    }

    [Fact]
    public void A_released_lock_can_be_taken_again()
    {
        ProcessLock.Take(Lock, "work").Dispose();

        using var again = ProcessLock.TryTake(Lock);

        again.ShouldNotBeNull();
    }

    [Fact]
    public void A_lock_file_left_by_a_dead_owner_blocks_nobody()
    {
        File.WriteAllText(Lock, "");
        File.WriteAllText($"{Lock}.owner", "4194304\n");

        using var taken = ProcessLock.TryTake(Lock);

        taken.ShouldNotBeNull();
    }

    [Fact]
    public void Where_nothing_can_be_written_that_is_told_and_not_that_somebody_holds_it()
    {
        Put("file", "");

        var error = Should.Throw<PrerequisitesMissingException>(() => ProcessLock.TryTake(In("file", "host.lock")));

        error.Attempted.ShouldContain(In("file"));
        error.Try.ShouldContain("--hosts-directory");
        Should.Throw<PrerequisitesMissingException>(() => ProcessLock.TryTake("/proc/host.lock"));
    }
}
