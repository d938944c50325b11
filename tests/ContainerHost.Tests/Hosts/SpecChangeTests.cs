using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Tests.Specification;

namespace ContainerHost.Tests.Hosts;

public sealed class SpecChangeTests
{
    private static readonly HostSpec Had = new HostRequest().ToSpec() with { Guest = GuestCatalog.Debian12 };

    [Fact]
    public void The_same_spec_needs_nothing()
    {
        var same = new HostRequest().ToSpec(Had);

        SpecChange.Between(Had, same, Change.PowerCycle).ShouldBeEmpty();
        SpecChange.Between(Had, same, Change.MakeAnew).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--provider Qemu", "debian-12")]
    [InlineData("--provider HyperV", "debian-12-cloud")]
    public void A_host_goes_on_with_its_guest_when_another_is_the_default(string typed, string guest)
    {
        var had = Typed.Spec($"{typed} --guest {guest}");
        var wanted = new HostRequest().ToSpec(had);

        wanted.Guest.Id.ShouldBe(guest);
        Typed.Spec($"{typed}{(typed.Contains("HyperV") ? " --accept-license" : "")}").Guest.ShouldNotBe(had.Guest);
        SpecChange.Between(had, wanted, Change.MakeAnew).ShouldBeEmpty();
        SpecChange.Fingerprint(wanted, Change.MakeAnew).ShouldBe(SpecChange.Fingerprint(had, Change.MakeAnew));
    }

    [Fact]
    public void A_host_that_is_there_does_not_need_the_files_that_it_was_made_from()
    {
        var had = Had with { DiskImage = "/gone/disk.qcow2", CaFile = "/gone/ca.pem", Catalog = "/gone/catalog.json" };
        var listed = had with { DiskImage = null, Guest = GuestCatalog.Find("lab-13")! };

        new HostRequest().ToSpec(had).ShouldBe(had);
        Typed.Request("--memory 3GiB").ToSpec(listed).Memory.ShouldBe(ByteSize.FromGiB(3));
        foreach (var typed in (string[])["--disk-image /gone/other.qcow2", "--catalog /gone/other.json"])
            Should
                .Throw<InvalidInputException>(() => Typed.Request(typed).ToSpec(had))
                .Message.ShouldContain("/gone/other.");
    }

    [Fact]
    public void Processors_and_memory_take_a_power_cycle()
    {
        var wanted = Had with { Cpus = 4, Memory = ByteSize.FromGiB(3) };

        SpecChange
            .Between(Had, wanted, Change.PowerCycle)
            .ShouldBe(["--cpus: has 2, asked for 4", "--memory: has 2GiB, asked for 3GiB"]);
        SpecChange.Between(Had, wanted, Change.MakeAnew).ShouldBeEmpty();
    }

    [Fact]
    public void What_the_disk_is_made_of_takes_a_new_host()
    {
        var wanted = Had with
        {
            Guest = GuestCatalog.Debian12Cloud,
            DiskSize = ByteSize.FromGiB(30),
            AnswerFile = "/own.yaml",
        };

        SpecChange
            .Between(Had, wanted, Change.MakeAnew)
            .ShouldBe([
                "--guest: has debian-12, asked for debian-12-cloud",
                "--answer-file: has none, asked for /own.yaml",
            ]);
        SpecChange.Between(Had, wanted, Change.Grow).ShouldBe(["--disk-size: has 20GiB, asked for 30GiB"]);
    }

    [Fact]
    public void What_of_an_address_may_be_a_key_is_not_shown()
    {
        var had = Had with { DiskImage = "https://me:secret@images.example/a.qcow2?sig=key" };
        var wanted = Had with { DiskImage = "https://images.example/a.qcow2" };

        var told = SpecChange.Between(had, wanted, Change.MakeAnew).ShouldHaveSingleItem();

        told.ShouldStartWith("--disk-image: has https://images.example/a.qcow2, asked for");
        told.ShouldNotContain("secret");
        told.ShouldNotContain("key");
    }

    [Fact]
    public void Kinds_of_container_are_added_in_place()
    {
        var had = Had with { Isolation = Isolation.Process };
        var wanted = had with { Isolation = Isolation.Both, Runtime = RuntimeKind.Docker };

        SpecChange.Between(had, wanted, Change.PowerCycle).ShouldBeEmpty();
        SpecChange.Between(had, wanted, Change.MakeAnew).ShouldBeEmpty();
        SpecChange.Between(had, wanted, Change.InstallAgain).Count.ShouldBe(2);
    }
}
