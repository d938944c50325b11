using ContainerHost.Errors;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Prerequisites;

public sealed class PrerequisiteCheckerTests : PrerequisiteTest
{
    [Fact]
    public async Task A_machine_that_has_everything_passes_without_any_warning_and_nothing_is_left_behind()
    {
        var report = await CheckAsync();

        report.Rows.ShouldAllBe(row => row.Verdict == Verdict.Ok && row.Fix == "" && row.Found != "");
        (report.Passed, report.FixCommand).ShouldBe((true, null));
        report.Rows.Select(row => row.Requirement.Id).ShouldBeUnique();
        Directory
            .GetFileSystemEntries(Folder)
            .Select(Path.GetFileName)
            .ShouldBe(["keyrings", "lists", "proc"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_command_brings_every_missing_package()
    {
        Processes
            .Without("qemu-system-x86_64 --version")
            .Without("qemu-img --version")
            .Without("mmdebstrap --version")
            .Without("mke2fs -V");
        Delete("keyrings");

        var report = await CheckAsync();

        report.FixCommand.ShouldBe(
            "apt-get install --yes --no-install-recommends debian-archive-keyring e2fsprogs mmdebstrap qemu-system-x86 qemu-utils"
        );
        var error = report.ToException();
        error.ExitCode.ShouldBe(ExitCodes.PrerequisitesMissing);
        error.Try.ShouldContain(report.FixCommand!);
        error.Saw.ShouldContain("QEMU: qemu-system-x86_64 is not there; needed: 7.0 or newer");
    }

    [Fact]
    public async Task The_command_has_sudo_for_who_is_not_root_and_fetches_the_lists_where_there_are_none()
    {
        Processes.Without("id -u").Without("qemu-img --version").Answer("id -u", "1000\n").Answer("sudo -n true");
        Delete("lists");

        (await CheckAsync()).FixCommand.ShouldBe(
            "sudo apt-get update && sudo apt-get install --yes --no-install-recommends qemu-utils"
        );
    }

    [Fact]
    public async Task Without_qemu_no_guest_is_started_and_the_rows_say_so()
    {
        Processes.Without("qemu-system-x86_64 --version");

        var report = await CheckAsync();

        Hypervisor.FeaturesAsked.ShouldBe(0);
        foreach (var id in new[] { "accelerator", "nesting" })
        {
            var row = report.Rows.Single(row => row.Requirement.Id == id);
            row.Verdict.ShouldBe(Verdict.Warning);
            row.Found.ShouldStartWith("not checked before this is there: ");
        }
        report.Missing.Select(row => row.Requirement.Id).ShouldBe(["qemu"]);
    }

    [Theory]
    [InlineData("QEMU emulator version 6.2.0 (Debian)", Verdict.Missing, "qemu-system-x86_64 6.2.0")]
    [InlineData("QEMU emulator version 7.0.0", Verdict.Ok, "qemu-system-x86_64 7.0.0")]
    [InlineData("QEMU emulator version 10.1.2", Verdict.Ok, "qemu-system-x86_64 10.1.2")]
    [InlineData("something else", Verdict.Missing, "no version in: something else")]
    public async Task Qemu_must_be_new_enough(string output, Verdict verdict, string found)
    {
        const string Command = "qemu-system-x86_64 --version";
        Processes.Without(Command).Answer(Command, output);

        var row = await RowAsync("qemu");

        (row.Verdict, row.Found).ShouldBe((verdict, found));
    }

    [Fact]
    public async Task A_program_that_is_there_and_does_not_run_is_missing_with_what_it_said()
    {
        const string Command = "qemu-img --version";
        Processes.Without(Command).Answer(Command, exitCode: 127, error: "libaio.so.1: cannot open\n");

        var row = await RowAsync("qemu-img");

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Found.ShouldBe("'qemu-img --version' ends with exit code 127: libaio.so.1: cannot open");
    }

    [Fact]
    public async Task Emulation_passes_and_says_why_it_is_that()
    {
        var row = await RowAsync("accelerator");

        (row.Verdict, row.Found).ShouldBe((Verdict.Ok, "tcg: software emulation, since no guest starts under KVM"));
    }

    [Fact]
    public async Task An_accelerator_that_starts_no_guest_is_missing_and_nesting_is_not_asked_for()
    {
        Hypervisor.FeaturesError = new PrerequisitesMissingException("start", "no guest starts", "reinstall");

        var report = await CheckAsync();

        var row = report.Missing.Single();
        (row.Requirement.Id, row.Found, row.Fix).ShouldBe(("accelerator", "no guest starts", "reinstall"));
        report.Rows.Single(one => one.Requirement.Id == "nesting").Verdict.ShouldBe(Verdict.Warning);
    }

    [Fact]
    public async Task Nesting_is_needed_only_for_containers_in_machines()
    {
        Hypervisor.Features = Hypervisor.Features with { NestedVirtualization = false, NestedReason = "nested=0" };

        (await CheckAsync()).Missing.Single().Found.ShouldBe("nested=0");
        Spec = Spec with { Isolation = Isolation.Process };
        (await CheckAsync()).Passed.ShouldBeTrue();
    }

    [Fact]
    public async Task The_tools_that_build_the_guest_are_not_asked_for_when_a_disk_is_brought()
    {
        Processes.Without("mmdebstrap --version").Without(Probe(isRoot: true));
        (await CheckAsync()).Missing.Select(row => row.Requirement.Id).ShouldBe(["mmdebstrap", "namespaces"]);

        Spec = Spec with { DiskImage = "/disk.qcow2" };
        (await CheckAsync()).Passed.ShouldBeTrue();
        Spec = Spec with { DiskImage = null, Guest = GuestCatalog.Debian12Cloud };
        (await CheckAsync()).Passed.ShouldBeTrue();
    }

    [Fact]
    public async Task What_makes_the_medium_is_not_asked_for_once_the_machine_is_made()
    {
        var whole = await CheckAsync();
        Processes.Ran.Clear();

        var made = await Checker.CheckAsync(Spec, Paths, Token, isMade: true);

        whole
            .Rows.Select(row => row.Requirement.Id)
            .Except(made.Rows.Select(row => row.Requirement.Id))
            .ShouldBe(["mmdebstrap", "mke2fs", "keyring", "namespaces"]);
        Processes.Ran.ShouldBe(["qemu-system-x86_64 --version", "qemu-img --version"]);
    }

    [Fact]
    public async Task Mke2fs_is_found_outside_the_path_too()
    {
        Processes.Without("mke2fs -V").Answer("/usr/sbin/mke2fs -V", error: "mke2fs 1.47.0\n");

        (await RowAsync("mke2fs")).Found.ShouldBe("/usr/sbin/mke2fs 1.47.0");
    }

    [Fact]
    public async Task The_tools_for_development_have_packages_too()
    {
        Processes.Answer("ssh -V", error: "OpenSSH_9.2p1 Debian-2, OpenSSL 3.0.19");

        var report = await Checker.CheckDevelopmentAsync(Token);

        report.AptPackages.ShouldBe(DevelopmentPackages.All.Except(["openssh-client"]));
        string.Join(' ', report.AptPackages)
            .ShouldBe(
                "bubblewrap buildah busybox-static chromium-headless-shell fish genisoimage iptables mtools nodejs npm openssh-server openssl ovmf rsync shellcheck sshfs vde-switch wimtools xorriso zsh zstd"
            );
    }
}
