using System.Diagnostics;
using ContainerHost.Files;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>Which process is ours, tried on real processes that only look like QEMU.</summary>
public sealed class QemuProcessTests : FolderTest
{
    private readonly Guid _mark = Guid.NewGuid();
    private readonly List<Process> _started = [];

    private HostFolder Host => new(Folder);

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
    public void It_is_found_by_its_mark_without_a_pid_file()
    {
        var process = Start(QemuArguments.Program, _mark);

        QemuProcess.Find(Host, _mark)!.Id.ShouldBe(process.Id);
    }

    [Fact]
    public void A_pid_file_that_names_a_stranger_is_not_believed()
    {
        var stranger = Start(QemuArguments.Program, Guid.NewGuid());
        File.WriteAllText(Host.PidFile, $"{stranger.Id}\n");

        QemuProcess.Find(Host, _mark).ShouldBeNull();
    }

    [Fact]
    public void Another_program_with_our_mark_in_its_arguments_is_not_ours()
    {
        Start("editor", _mark);

        QemuProcess.Find(Host, _mark).ShouldBeNull();
    }

    [Fact]
    public async Task A_pid_that_is_used_again_is_never_signalled()
    {
        var later = Start(QemuArguments.Program, _mark);
        var identity = QemuProcess.Find(Host, _mark)!;
        var before = identity with { StartedAt = identity.StartedAt.AddSeconds(-10) };

        await QemuProcess.KillAsync(before, new Poll(TimeProvider.System), "host", Token);

        later.HasExited.ShouldBeFalse();
        ProcessIdentity.Find(later.Id).ShouldBe(identity);
    }

    [Fact]
    public void The_machine_of_a_copied_host_is_the_originals_alone()
    {
        var process = Start(QemuArguments.Program, _mark);
        var copy = new HostFolder(In("copy"));
        Directory.CreateDirectory(copy.Path);
        File.Copy(Host.Disk, copy.Disk);
        File.WriteAllText(copy.PidFile, $"{process.Id}\n");

        QemuProcess.Find(copy, _mark).ShouldBeNull();
        QemuProcess.Find(Host, _mark)!.Id.ShouldBe(process.Id);
    }

    [Fact]
    public async Task A_machine_is_found_by_another_path_to_its_disk()
    {
        var process = Start(QemuArguments.Program, _mark);
        var other = new HostFolder(In("other"));
        Directory.CreateDirectory(other.Path);
        // As a second mount of the folder shows it: another path, the same file.
        await RealTool.RunAsync("ln", Host.Disk, other.Disk);

        QemuProcess.Find(other, _mark)!.Id.ShouldBe(process.Id);
    }

    // A shell that waits with the host's disk open, under any program's name and with any arguments.
    private Process Start(string name, Guid mark)
    {
        File.WriteAllText(Host.Disk, "");
        var program = In(name);
        if (!File.Exists(program))
            File.CreateSymbolicLink(program, "/bin/sh");
        var start = new ProcessStartInfo(program, ["-c", "exec 3<\"$2\"; read -r wait", "-uuid", $"{mark}", Host.Disk])
        {
            RedirectStandardInput = true,
        };
        var process = Process.Start(start)!;
        _started.Add(process);
        var holds = SpinWait.SpinUntil(
            () => new RunningProcess(process.Id, []).Holds(Host.Disk) == true,
            TimeSpan.FromMinutes(1)
        );
        holds.ShouldBeTrue("the shell did not open the disk");
        return process;
    }
}
