using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Prerequisites;

public sealed class NameRequirementTests : PrerequisiteTest
{
    [Fact]
    public async Task Someone_elses_files_in_the_hosts_folder_take_the_name()
    {
        Put("work/hosts/containerhost/thesis.docx", "");

        var row = await RowAsync("name-folder");

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Found.ShouldContain("thesis.docx");
        row.Fix.ShouldContain("--name");
    }

    [Theory]
    [InlineData("work/hosts/other/thesis.docx")]
    [InlineData("work/hosts/containerhost/host.json")]
    [InlineData("work/hosts/containerhost/host.json.0123456789abcdef.tmp")]
    public async Task Our_own_host_takes_no_name_nor_does_a_build_that_was_killed_while_it_began(string file)
    {
        Put(file, "{}");

        (await RowAsync("name-folder")).Verdict.ShouldBe(Verdict.Ok);
    }

    [Theory]
    [InlineData("/usr/bin/qemu-system-x86_64", "containerhost")]
    [InlineData("qemu-system-x86_64", "guest=containerhost,debug-threads=on")]
    [InlineData("/usr/libexec/qemu-kvm", "ContainerHost")]
    public async Task A_running_machine_of_that_name_that_is_not_ours_takes_it(string program, string name)
    {
        Process(77, program, "-nodefaults", "-name", name, "-uuid", $"{Guid.NewGuid()}");

        var row = await RowAsync("name-running");

        row.Verdict.ShouldBe(Verdict.Warning);
        row.Found.ShouldContain("process 77");
    }

    [Fact]
    public async Task Our_own_running_machine_is_known_by_its_mark()
    {
        var mark = Run(ByteSize.FromGiB(2));
        Process(77, "qemu-system-x86_64", "-name", "containerhost", "-uuid", $"{mark}");

        (await RowAsync("name-running")).Verdict.ShouldBe(Verdict.Ok);
    }

    [Fact]
    public async Task Other_programs_and_machines_of_other_names_do_not_matter()
    {
        Process(7, "vim", "-name", "containerhost");
        Process(8, "qemu-system-x86_64", "-name", "containerhost2");
        Process(9, "qemu-system-x86_64", "-name");
        Process(10, "qemu-system-x86_64");
        Put("proc/11/status", "no arguments to read");

        (await RowAsync("name-running")).Verdict.ShouldBe(Verdict.Ok);
    }
}
