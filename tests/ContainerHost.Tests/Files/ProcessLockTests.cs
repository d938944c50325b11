using System.Diagnostics;
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

    [Fact]
    public void A_folder_that_is_a_link_to_nowhere_is_told_as_that()
    {
        Directory.CreateSymbolicLink(In("hosts"), In("gone"));

        var error = Should.Throw<PrerequisitesMissingException>(() => ProcessLock.TryTake(In("hosts", "host.lock")));

        error.Saw.ShouldBe($"{In("hosts")} is a link to {In("gone")}, which is not there");
    }

    [Fact]
    public async Task What_belongs_to_another_user_is_told_with_his_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "owners are read on Linux");
        var path = "/etc/passwd";
        if (Environment.UserName == "root")
        {
            path = Put("host.lock", "");
            await Process.Start("chown", ["65534", path])!.WaitForExitAsync(Token);
        }

        var told = FileOwner.Explain(path, new UnauthorizedAccessException());

        told.ShouldNotBeNull()
            .ShouldMatch($"{path} belongs to (nobody|root|user 65534), and {Environment.UserName} may not");
        FileOwner.Explain(path, new IOException("No space left on device")).ShouldBeNull();
        FileOwner.Explain(In("mine.lock"), new UnauthorizedAccessException()).ShouldBeNull();
    }
}
