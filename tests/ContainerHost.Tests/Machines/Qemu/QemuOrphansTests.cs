using System.Diagnostics;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>Machines whose folder was deleted by hand, tried on real processes that only look like QEMU.</summary>
public sealed class QemuOrphansTests : FolderTest
{
    private readonly List<Process> _started = [];
    private readonly QemuOrphans _orphans = new(TimeProvider.System);

    private HostFolder Host => new(In("lab"));

    public override ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        return base.DisposeAsync();
    }

    [Fact]
    public void A_machine_is_one_once_its_folder_is_deleted()
    {
        var process = Start(HostFolder.PidFileName);
        Find().ShouldBeEmpty();
        _orphans.OpenFiles().ShouldContain(Host.Disk);

        Directory.Delete(Host.Path, recursive: true);

        var found = Find().ShouldHaveSingleItem();
        found.Process.Id.ShouldBe(process.Id);
        found.Name.ShouldBe("lab");
    }

    [Fact]
    public void A_folder_that_was_moved_or_whose_disk_alone_is_gone_makes_none()
    {
        Start(HostFolder.PidFileName);

        Directory.Move(Host.Path, In("moved"));
        Find().ShouldBeEmpty();

        File.Delete(In("moved", HostFolder.DiskName));
        Find().ShouldBeEmpty();
    }

    [Fact]
    public void A_machine_of_somebody_elses_is_none()
    {
        Start("/run/other.pid");
        Directory.Delete(Host.Path, recursive: true);

        Find().ShouldBeEmpty();
    }

    [Fact]
    public void One_of_hosts_in_another_folder_is_not_found_however_much_it_looks_like_ours()
    {
        Start(HostFolder.PidFileName);
        Directory.Delete(Host.Path, recursive: true);

        _orphans.Find([In("mine"), Path.GetDirectoryName(Folder)!]).ShouldBeEmpty();
        _orphans.Find([]).ShouldBeEmpty();
        Find().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_ends_and_nothing_else_does()
    {
        var gone = Start(HostFolder.PidFileName);
        Directory.Delete(Host.Path, recursive: true);
        var found = Find().ShouldHaveSingleItem();
        var other = Start(HostFolder.PidFileName);

        await _orphans.EndAsync(found, Token);

        gone.HasExited.ShouldBeTrue();
        other.HasExited.ShouldBeFalse();
    }

    private IReadOnlyList<StrayMachine> Find() => _orphans.Find([Folder]);

    // A shell that waits with the host's disk open.
    private Process Start(string pidFile)
    {
        Directory.CreateDirectory(Host.Path);
        File.WriteAllText(Host.Disk, "");
        var program = In(QemuArguments.Program);
        if (!File.Exists(program))
            File.CreateSymbolicLink(program, "/bin/sh");
        string[] words = ["-c", "exec 3<\"$1\"; read -r wait", "sh", Host.Disk];
        string[] marks = ["-name", "lab", "-uuid", $"{Guid.NewGuid()}", "-pidfile", pidFile];
        var process = Process.Start(
            new ProcessStartInfo(program, [.. words, .. marks]) { RedirectStandardInput = true }
        )!;
        _started.Add(process);
        SpinWait
            .SpinUntil(() => new RunningProcess(process.Id, []).Holds(Host.Disk) == true, TimeSpan.FromMinutes(1))
            .ShouldBeTrue("the shell did not open the disk");
        return process;
    }
}
