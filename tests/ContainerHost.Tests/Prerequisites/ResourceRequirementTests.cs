using ContainerHost.Machines.Qemu;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Prerequisites;

public sealed class ResourceRequirementTests : PrerequisiteTest
{
    private const long KiBPerMiB = 1024;

    // Under TCG the hypervisor's own is greater by its cache of translated code.
    [Theory]
    [InlineData("kvm", 256, "2.3 GiB (2GiB and 256MiB for the hypervisor)")]
    [InlineData("tcg", 768, "2.8 GiB (2GiB and 768MiB for the hypervisor)")]
    public async Task Memory_must_do_for_the_guest_and_the_hypervisor(string accelerator, int own, string needed)
    {
        Accelerate(accelerator);
        Available($"{(2048 + own) * KiBPerMiB}");
        (await RowAsync("memory")).Verdict.ShouldBe(Verdict.Ok);

        Available($"{(2048 + own) * KiBPerMiB - 1}");
        var row = await RowAsync("memory");

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Needed.ShouldBe(needed);
        row.Fix.ShouldContain("--memory 2047MiB at most");
    }

    [Theory]
    [InlineData("kvm", 1280)]
    [InlineData("tcg", 1792)]
    public async Task A_running_host_has_its_memory_and_needs_only_what_it_is_to_have_more(string accelerator, int more)
    {
        Accelerate(accelerator);
        Run(ByteSize.FromGiB(2));
        Available($"{1000 * KiBPerMiB}");
        (await RowAsync("memory")).Verdict.ShouldBe(Verdict.Ok);

        Spec = Spec with { Memory = ByteSize.FromGiB(3) };
        (await RowAsync("memory")).Verdict.ShouldBe(Verdict.Missing);
        Available($"{more * KiBPerMiB - 1}");
        (await RowAsync("memory")).Verdict.ShouldBe(Verdict.Missing);

        Available($"{more * KiBPerMiB}");
        (await RowAsync("memory")).Verdict.ShouldBe(Verdict.Ok);
    }

    [Fact]
    public void What_is_reserved_for_translated_code_is_what_qemu_is_told_to_use() =>
        QemuArguments.Accelerator("tcg").ShouldEndWith("tb-size=512");

    [Fact]
    public async Task The_disk_must_fit_whole_as_the_spec_has_it()
    {
        Spec = Spec with { DiskSize = ByteSize.FromGiB(5) };
        Free = 5L << 30;
        (await RowAsync("disk-hosts")).Verdict.ShouldBe(Verdict.Ok);

        Free--;
        var row = await RowAsync("disk-hosts");

        (row.Verdict, row.Needed).ShouldBe((Verdict.Missing, "5 GiB"));
        row.Fix.ShouldContain("--disk-size");
        (await RowAsync("disk-cache")).Verdict.ShouldBe(Verdict.Ok);
        Free = (3L << 30) - 1;
        (await RowAsync("disk-cache")).Verdict.ShouldBe(Verdict.Missing);
    }

    [Fact]
    public async Task A_host_that_has_its_disk_needs_no_more_space()
    {
        Put("work/hosts/containerhost/host.json", "{}");
        Put("work/hosts/containerhost/disk.qcow2", "");
        Free = 0;

        var report = await CheckAsync();

        report.Passed.ShouldBeTrue();
        report.Rows.Single(row => row.Requirement.Id == "disk-hosts").Needed.ShouldBe("none: the host has its disk");
    }

    [Fact]
    public async Task A_file_where_a_folder_is_to_be_is_told()
    {
        Put("work", "a file");

        var report = await CheckAsync();

        var missing = report.Missing.Select(row => row.Requirement.Id).ToList();
        missing.ShouldBe(["disk-hosts", "disk-cache", "write-hosts", "write-cache", "write-reports"]);
        Hypervisor.FeaturesAsked.ShouldBe(0, "its verdict could not be kept in the cache");
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_is_told_with_what_the_system_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no /proc.");
        // Not even root writes here.
        var paths = Paths with
        {
            ReportsDirectory = "/proc/reports",
        };

        var report = await Checker.CheckAsync(Spec, paths, Token);

        var row = report.Missing.Single();
        (row.Requirement.Id, row.Needed).ShouldBe(("write-reports", "/proc/reports"));
        row.Found.ShouldContain("/proc");
    }

    private void Accelerate(string accelerator) =>
        Hypervisor.Features = Hypervisor.Features with { Accelerator = accelerator };
}
