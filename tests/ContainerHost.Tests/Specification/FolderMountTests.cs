using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class FolderMountTests : FolderTest
{
    private string Src => Directory.CreateDirectory(In("src")).FullName;

    [Theory]
    [InlineData("/work", false, "/work")]
    [InlineData("/work/", false, "/work")]
    [InlineData("/work:rw", false, "/work")]
    [InlineData("/work:ro", true, "/work")]
    [InlineData("/home/admin/src", false, "/home/admin/src")]
    [InlineData("/var/www", false, "/var/www")]
    [InlineData("/srv/a b/Straße", false, "/srv/a b/Straße")]
    public void What_is_typed_is_kept_whole_and_read_again_as_it_was(string text, bool isReadOnly, string guestPath)
    {
        var mounts = Spec($"{Src}:{text}").Mount.ShouldNotBeNull();

        mounts.All.ShouldBe([new FolderMount(Src, guestPath, isReadOnly)]);
        FolderMounts.Read($"{mounts}", []).ShouldBe(mounts);
    }

    [Fact]
    public void A_relative_folder_is_kept_absolute_and_a_link_as_what_it_leads_to()
    {
        File.CreateSymbolicLink(In("link"), Src);
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), In("link"));

        Spec($"{relative}/:/work").Mount!.All.Single().Folder.ShouldBe(Src);
    }

    [Fact]
    public void None_takes_all_away() => Spec("none").Mount.ShouldBeNull();

    [Theory]
    [InlineData("src", "with a colon between")]
    [InlineData("src:/work:rx", "with a colon between")]
    [InlineData("a:b:/work:ro", "A comma or colon in a name cannot be written here: mount the folder above it")]
    [InlineData(":/work", "The folder has no name")]
    [InlineData("src:work", "'work' is no absolute path of the guest")]
    [InlineData("src:", "'' is no absolute path of the guest")]
    [InlineData("src:/work/../etc", "is no absolute path of the guest")]
    [InlineData("src:/work//a", "is no absolute path of the guest")]
    [InlineData("src:/", "own root cannot be mounted over")]
    [InlineData("src:/etc", "/etc is the guest's own system's")]
    [InlineData("src:/etc/ssh", "/etc is the guest's own system's")]
    [InlineData("src:/usr/local/src", "/usr is the guest's own system's")]
    [InlineData("src:/var", "/var/cache is the guest's own system's")]
    [InlineData("src:/var/lib/containerd", "/var/lib is the guest's own system's")]
    [InlineData("src:/opt", "/opt/cni is the guest's own system's")]
    [InlineData("src:/proc", "/proc is the guest's own system's")]
    [InlineData("src:/home/admin", "/home/admin is the guest's own")]
    [InlineData("src:/home/admin/.ssh", "/home/admin/.ssh is the guest's own")]
    [InlineData("src:/root", "/root is the guest's own")]
    [InlineData("src:/tmp", "/tmp is the guest's own")]
    [InlineData("gone:/work", "There is no such folder")]
    [InlineData("file:/work", "It is a file")]
    [InlineData("loop:/work", "leads in a circle")]
    [InlineData("src:/work,", "with a colon between")]
    [InlineData("src:/work,src:/work", "is at that path of the guest already")]
    [InlineData("src:/work,src:/work/in", "One mount cannot be in another")]
    [InlineData("src:/work/in,src:/work", "One mount cannot be in another")]
    public void Anything_else_is_refused_with_what_is_wrong(string text, string told)
    {
        Directory.CreateDirectory(Src);
        Put("file", "");
        File.CreateSymbolicLink(In("loop"), In("pool"));
        File.CreateSymbolicLink(In("pool"), In("loop"));
        var typed = string.Join(',', text.Split(',').Select(word => word is "" or [':', ..] ? word : In(word)));

        Should
            .Throw<InvalidInputException>(() => Spec(typed))
            .Problems.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                problem => problem.ShouldStartWith("--mount '"),
                problem => problem.ShouldContain("Allowed: FOLDER:GUEST-PATH[:ro]"),
                problem => problem.ShouldContain(told)
            );
    }

    [Fact]
    public void All_of_this_machine_is_refused_and_every_problem_told_at_once() =>
        Should
            .Throw<InvalidInputException>(() => Spec($"/:/work,{In("gone")}:/gone,{Src}:/bin --cpus none"))
            .Problems.Count.ShouldBe(4);

    [Fact]
    public void A_link_that_takes_the_folders_place_later_is_not_followed()
    {
        var mount = Spec($"{Src}:/work").Mount!.All.Single();
        mount.FindProblem().ShouldBeNull();

        Directory.Delete(Src);
        File.CreateSymbolicLink(In("src"), "/root");

        FolderMounts
            .Read($"{mount}", [])!
            .All.Single()
            .FindProblem()
            .ShouldNotBeNull()
            .ShouldContain("leads from there to /root");
    }

    [Fact]
    public void Windows_guests_have_none() =>
        Should
            .Throw<InvalidInputException>(() =>
                Typed.Spec($"--provider HyperV --guest windows-server-2022 --mount '{Src}:/work'")
            )
            .Problems.ShouldContain(problem => problem.Contains("scp", StringComparison.Ordinal));

    private static HostSpec Spec(string mounts) =>
        Typed.Spec(
            mounts.Contains(" --", StringComparison.Ordinal)
                ? $"--provider Qemu --mount {mounts}"
                : $"--provider Qemu --mount '{mounts}'"
        );
}
