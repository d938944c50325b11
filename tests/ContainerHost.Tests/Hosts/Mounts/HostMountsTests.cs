using System.Diagnostics;
using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Tests.Guests;

namespace ContainerHost.Tests.Hosts.Mounts;

/// <summary>Folders of a host that runs, by the real programs at both ends.</summary>
public sealed class HostMountsTests(SshServer server) : MountsTest(server)
{
    [Fact]
    public async Task The_guest_has_the_folder_until_it_is_taken_away()
    {
        Put("src/here", "from here");
        Put("src/sub/deep", "deep");
        File.CreateSymbolicLink(Path.Combine(Src, "link"), "sub/../here");

        await SetAsync($"{Src}:{Work}");

        Read("work/here").ShouldBe("from here");
        Read("work/link").ShouldBe("from here");
        File.WriteAllText(In("work", "Grüße 日本"), "from there");
        Read("src/Grüße 日本").ShouldBe("from there");
        File.Move(In("work", "sub", "deep"), In("work", "here"), overwrite: true);
        Read("src/here").ShouldBe("deep");
        Put("src/here", "changed, and longer than before");
        await UntilAsync(() => Read("work/here") == "changed, and longer than before");
        State.Spec.Mount!.ToString().ShouldBe($"{Src}:{Work}");
        Mounts.FindMissing(State).ShouldBeEmpty();

        await SetAsync(null);

        Directory.GetFileSystemEntries(Work).ShouldBeEmpty();
        IsMounted(Work).ShouldBeFalse();
        Serving.ShouldBeEmpty();
        State.Spec.Mount.ShouldBeNull();
        Directory.GetFiles(Host.Path, "mount-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_is_there_is_left_so_and_another_comes_beside_it()
    {
        await SetAsync($"{Src}:{Work}");
        var first = Serving.Select(one => one.Id).ToList();

        Directory.CreateDirectory(In("data"));
        await SetAsync($"{Src}:{Work},{In("data")}:{In("other")}:ro");

        first.ShouldBeSubsetOf(Serving.Select(one => one.Id));
        Should.Throw<IOException>(() => File.WriteAllText(In("other", "new"), ""));
        await SetAsync($"{In("data")}:{In("other")}");
        File.WriteAllText(In("other", "new"), "written");
        Read("data/new").ShouldBe("written");
        IsMounted(Work).ShouldBeFalse();
        Serving.Count(one => one.Words[0] == "ssh").ShouldBe(1);
    }

    [Theory]
    [InlineData("ssh")]
    [InlineData("bwrap")]
    public async Task When_either_end_dies_all_of_it_does_and_the_next_to_reach_the_host_brings_it_back(string dies)
    {
        Put("src/here", "from here");
        await SetAsync($"{Src}:{Work}");

        using (var process = Process.GetProcessById(Serving.First(one => one.Words[0] == dies).Id))
            process.Kill();

        await UntilAsync(() => Serving.Count == 0 && !IsMounted(Work));
        Mounts.FindMissing(State).ShouldHaveSingleItem().ShouldStartWith($"not mounted: {Src}:{Work}: ");
        await ReachAsync();
        Read("work/here").ShouldBe("from here");
        Mounts.FindMissing(State).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_ends_with_the_machine_by_itself_and_is_there_again_after_it()
    {
        Put("src/here", "from here");
        await SetAsync($"{Src}:{Work}");

        Server.Restart();

        await UntilAsync(() => Serving.Count == 0);
        await ReachAsync();
        Read("work/here").ShouldBe("from here");
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_told_and_the_others_are_there()
    {
        Put("data/here", "other");
        await SetAsync($"{Src}:{Work},{In("data")}:{In("other")}");
        await Mounts.EndAllAsync(State, Token);
        Directory.Delete(Src, recursive: true);

        await ReachAsync();

        Warnings.ShouldHaveSingleItem().ShouldContain("There is no such folder");
        Read("other/here").ShouldBe("other");
        Mounts.FindMissing(State).ShouldHaveSingleItem().ShouldContain("There is no such folder");
    }

    [Fact]
    public async Task It_ends_before_its_host_is_removed()
    {
        await SetAsync($"{Src}:{Work}");

        await new HostRemover(Live).RemoveAsync(Web, Token);

        Serving.ShouldBeEmpty();
        await UntilAsync(() => !IsMounted(Work));
        Directory.Exists(Src).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_guest_refuses_is_told_with_what_it_said_and_nothing_is_kept()
    {
        Put("blocked", "");

        var refused = await Should.ThrowAsync<ContainerHostException>(SetAsync($"{Src}:{In("blocked", "work")}"));

        refused.Saw.ShouldContain("mkdir");
        State.Spec.Mount.ShouldBeNull();
        Serving.ShouldBeEmpty();
    }

    private async Task ReachAsync()
    {
        await using var shell = await new LocalGuests().ConnectAsync(Server.Access, null!, Token);
        await Mounts.TryApplyAsync(State, shell, Entry, Token);
    }
}
