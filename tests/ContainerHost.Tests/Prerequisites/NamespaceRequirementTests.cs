using ContainerHost.Prerequisites;
using ContainerHost.Prerequisites.Lists;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Prerequisites;

/// <summary>Who is not root builds the guest in user namespaces; the words of unshare and newuidmap are those of Debian 12's.</summary>
public sealed class NamespaceRequirementTests : PrerequisiteTest
{
    public NamespaceRequirementTests()
    {
        IsRoot = false;
        Processes.Answer("newuidmap", exitCode: 1, error: "usage: newuidmap ...\n");
    }

    [Fact]
    public async Task An_ordinary_user_needs_neither_root_nor_sudo()
    {
        Processes.Without("id -u").Answer("id -u", "1000\n").Answer(Probe(isRoot: false));

        (await CheckAsync()).Passed.ShouldBeTrue();

        Processes.Ran.ShouldNotContain(line => line.StartsWith("sudo"));
    }

    [Fact]
    public async Task Without_newuidmap_its_package_is_named_and_nothing_is_tried()
    {
        Processes.Without("newuidmap");

        var report = await CheckAsync();

        report.Missing.ShouldHaveSingleItem().Requirement.Id.ShouldBe("uidmap");
        report.FixCommand.ShouldBe("apt-get install --yes --no-install-recommends uidmap");
        Processes.Ran.ShouldNotContain(Probe(isRoot: false));
    }

    [Theory]
    [InlineData("user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=10000")]
    [InlineData("kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1")]
    [InlineData(
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    )]
    public async Task A_setting_that_is_in_the_way_is_told_with_an_administrators_line(
        string setting,
        string value,
        string line
    )
    {
        Put($"proc/sys/{setting}", $"{value}\n");
        Processes.Answer(
            Probe(isRoot: false),
            exitCode: 1,
            error: "unshare: unshare failed: No space left on device\n"
        );

        var row = await RowAsync("namespaces");

        (row.Verdict, row.Found).ShouldBe((Verdict.Missing, "unshare: unshare failed: No space left on device"));
        row.Fix.ShouldStartWith($"have an administrator run: {line};");
    }

    [Fact]
    public async Task A_user_without_subordinate_ids_is_given_those_that_nobody_has()
    {
        Put("etc/subuid", "ada:100000:65536\nbob:165536:65536\n");
        Put("etc/subgid", "ada:100000:65536\n");
        Processes.Answer(
            Probe(isRoot: false),
            exitCode: 1,
            error: "newuidmap: uid range [1-65536) -> [100000-165535) not allowed\n"
        );

        (await RowAsync("namespaces")).Fix.ShouldStartWith(
            "have an administrator run: sudo usermod --add-subuids 231072-296607 --add-subgids 231072-296607 "
                + PosixShell.Quote([Environment.UserName])
        );
    }

    [Fact]
    public async Task Root_in_a_container_that_may_not_mount_is_told_so()
    {
        IsRoot = true;
        var probe = Probe(isRoot: true);
        Processes
            .Without(probe)
            .Answer(probe, exitCode: 1, error: "unshare: unshare failed: Operation not permitted\n");

        (await RowAsync("namespaces")).Fix.ShouldContain("CAP_SYS_ADMIN");
    }

    [Fact]
    public async Task The_try_itself_works_here_and_leaves_nothing()
    {
        RealTool.Require("unshare");

        await RealTool.RunAsync(Unshared.Of(new Command("sh", "-c", NamespaceRequirements.Probe)));

        File.Exists("/mnt/file").ShouldBeFalse();
    }

    [Fact]
    public async Task A_keyring_that_is_older_than_the_release_is_told_with_the_way_out()
    {
        File.Delete(In("keyrings/debian-archive-trixie-stable.gpg"));

        var row = await RowAsync("keyring");

        row.Verdict.ShouldBe(Verdict.Missing);
        row.Fix.ShouldContain("--guest debian-13-cloud");
    }
}
