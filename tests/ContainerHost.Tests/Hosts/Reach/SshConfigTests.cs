using System.Runtime.Versioning;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Reach;
using ContainerHost.Specification;
using ContainerHost.Tests.Guests;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>The way into a host by the user's own configuration of OpenSSH, judged by OpenSSH's client.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SshConfigTests(SshServer server) : ReachTest(server)
{
    // The server knows whoever runs the tests, and the guest's user is another.
    private static readonly string[] AsMe = ["-l", Environment.UserName, "web"];

    [Fact]
    public async Task A_log_in_by_name_needs_nothing_else()
    {
        await Reach.WriteSshAsync(Token);

        (await SshAsync(Config, [.. AsMe, "echo", "in"])).ShouldBe("in\n");
    }

    [Fact]
    public async Task Files_go_there_by_scp_and_rsync()
    {
        RealTool.Require("rsync");
        await Reach.WriteSshAsync(Token);
        var sent = Put("sent", "content");

        await RealTool.RunAsync("scp", "-q", "-F", Config, sent, $"{Environment.UserName}@web:{In("by-scp")}");
        var shell = $"ssh -F {Config}";
        await RealTool.RunAsync("rsync", "-e", shell, sent, $"{Environment.UserName}@web:{In("by-rsync")}");

        (Read("by-scp"), Read("by-rsync")).ShouldBe(("content", "content"));
    }

    [Fact]
    public async Task What_is_printed_is_what_is_read()
    {
        var printed = Put("printed", (await Reach.GetSshAsync(Token)).Text);

        var read = await SshAsync(printed, "-G", "web");

        read.ShouldContain($"\nport {Port}\n");
        read.ShouldContain("\nuser admin\n");
        read.ShouldContain($"\nidentityfile {Host.ClientKey}\n");
        read.ShouldContain($"\nuserknownhostsfile {Host.KnownHosts}\n");
        read.ShouldContain("\nhostkeyalias web\n");
        Directory.Exists(In("home", ".ssh")).ShouldBeFalse();
        File.Exists(Gathered).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_server_at_its_place_is_not_trusted()
    {
        await Reach.WriteSshAsync(Token);
        await File.WriteAllTextAsync(
            Host.KnownHosts,
            "web ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
            Token
        );

        var refused = await Record.ExceptionAsync(() => SshAsync(Config, [.. AsMe, "true"]));

        refused.ShouldNotBeNull().Message.ShouldContain("Host key verification failed");
    }

    [Fact]
    public async Task What_the_user_has_for_all_hosts_hands_nothing_to_a_guest_and_his_own_hosts_stay()
    {
        Put(
            "home/.ssh/config",
            "User bob\nHost web\n  Port 9\nHost *\n  ForwardAgent yes\n  ForwardX11 yes\n  ProxyCommand nc %h %p\n"
        );

        await Reach.WriteSshAsync(Token);

        var web = await SshAsync(Config, "-G", "web");
        web.ShouldContain($"\nport {Port}\n");
        web.ShouldContain("\nforwardagent no\n");
        web.ShouldContain("\nforwardx11 no\n");
        web.ShouldNotContain("nc ");
        var other = await SshAsync(Config, "-G", "other");
        other.ShouldContain("user bob\n");
        other.ShouldContain("\nport 22\n");
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_is_not_taken_for_the_hosts()
    {
        await Reach.WriteSshAsync(Token);
        var entries = new SshEntries(Services);
        var entry = await Connection.FindEntryAsync(Token);
        (await entries.FindsAsync(entry, Token)).ShouldBeTrue();

        // As another clone's line for its own host of the name has it, which came later and so stands above.
        Put("home/.ssh/config", $"Host web\n  HostName 127.0.0.1\n  Port 9\nHost *\n{Read("home/.ssh/config")}");
        (await entries.FindsAsync(entry, Token)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host a\n  Port 1\n")]
    [InlineData("Host a\r\n  Port 1\r\n")]
    [InlineData("# no end of line")]
    [InlineData("# Hängt an Bytes \udc80\n")]
    public async Task The_line_goes_on_top_once_and_leaves_no_trace(string had)
    {
        var before = Encoding.Latin1.GetBytes(had);
        Put("home/.ssh/config", before);
        var end = had.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n";

        await Reach.WriteSshAsync(Token);
        await Reach.WriteSshAsync(Token);

        var line = Encoding.UTF8.GetBytes($"Include \"{Gathered}\"{end}");
        (await File.ReadAllBytesAsync(Config, Token)).ShouldBe([.. line, .. before]);
        (await Reach.ForgetSshAsync(Token)).ShouldBeTrue();
        (File.Exists(Config) ? await File.ReadAllBytesAsync(Config, Token) : []).ShouldBe(before);
        (await Reach.ForgetSshAsync(Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_line_that_counts_for_one_host_only_is_moved()
    {
        Put("home/.ssh/config", $"# mine\nHost a\n  Include \"{Gathered}\"\n  Port 1\n");

        await Reach.WriteSshAsync(Token);

        Read("home/.ssh/config").ShouldBe($"Include \"{Gathered}\"\n# mine\nHost a\n  Port 1\n");
    }

    [Fact]
    public async Task One_that_the_user_put_below_a_remark_stays_there()
    {
        var own = $"# mine\nInclude \"{Gathered}\"\nHost a\n";
        Put("home/.ssh/config", own);

        await Reach.WriteSshAsync(Token);

        Read("home/.ssh/config").ShouldBe(own);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    public async Task A_link_stays_one_and_the_file_keeps_its_rights(UnixFileMode mode)
    {
        var real = Put("dotfiles/ssh", "Host a\n");
        File.SetUnixFileMode(real, mode);
        Directory.CreateDirectory(In("home", ".ssh"));
        File.CreateSymbolicLink(Config, "../../dotfiles/ssh");

        await Reach.WriteSshAsync(Token);

        new FileInfo(Config).LinkTarget.ShouldBe("../../dotfiles/ssh");
        Read("dotfiles/ssh").ShouldBe($"Include \"{Gathered}\"\nHost a\n");
        File.GetUnixFileMode(real).ShouldBe(mode);
        Directory.GetFiles(In("dotfiles")).ShouldBe([real]);
    }

    [Fact]
    public async Task New_files_are_the_users_alone()
    {
        await Reach.WriteSshAsync(Token);

        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(Config).ShouldBe(own);
        File.GetUnixFileMode(Gathered).ShouldBe(own);
        File.GetUnixFileMode(In("home", ".ssh")).ShouldBe(own | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task The_entry_goes_with_its_host_and_the_line_with_the_last()
    {
        await Reach.WriteSshAsync(Token);
        await File.WriteAllTextAsync(In("a b", "hosts", ".other.ssh_config"), "Host other\n", Token);

        await new HostRemover(Services).RemoveAsync(Web, Token);

        (await File.ReadAllTextAsync(Gathered, Token)).ShouldBe("Host other\n\n");
        (await SshAsync(Config, "-G", "web")).ShouldContain("\nport 22\n");
        (await new HostRemover(Services).RemoveAsync(Called("other"), Token)).ShouldBeFalse();
        File.Exists(Gathered).ShouldBeFalse();
        File.Exists(Config).ShouldBeFalse();
    }

    [Fact]
    public async Task It_follows_the_host_to_another_port()
    {
        await Reach.WriteSshAsync(Token);

        Port = 4711;
        await Connection.GetSshAsync(Token);

        (await SshAsync(Config, "-G", "web")).ShouldContain("\nport 4711\n");
    }

    [Fact]
    public async Task A_host_that_was_never_written_is_not_by_being_started()
    {
        await Connection.GetSshAsync(Token);

        File.Exists(Gathered).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_written_is_told_and_changes_nothing_and_keeps_no_host_from_being_removed()
    {
        Directory.CreateDirectory(Config);

        var refused = await Should.ThrowAsync<PrerequisitesMissingException>(() => Reach.WriteSshAsync(Token));

        refused.Saw.ShouldContain("is a folder");
        refused.Try.ShouldContain("ssh -F");
        File.Exists(Gathered).ShouldBeFalse();
        (await new HostRemover(Services).RemoveAsync(Web, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_configuration_of_somebody_else_is_left_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give files away");
        await RealTool.RunAsync("chown", "12345", Put("home/.ssh/config", "Host a\n"));

        var refused = await Should.ThrowAsync<PrerequisitesMissingException>(() => Reach.WriteSshAsync(Token));

        refused.Saw.ShouldContain("belongs to");
        Read("home/.ssh/config").ShouldBe("Host a\n");
    }

    [Fact]
    public async Task A_host_that_is_off_says_how_to_start_it()
    {
        Port = null;

        var off = await Should.ThrowAsync<ContainerHostException>(() => Reach.WriteSshAsync(Token));

        (off.Saw, off.Try).ShouldBe(("it is off", "'./build.sh Start --name web' starts it."));
        File.Exists(Config).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_that_is_not_there_says_so()
    {
        var nobody = new HostReach(Services, Called("nobody"));

        var missing = await Should.ThrowAsync<ContainerHostException>(() => nobody.GetSshAsync(Token));

        missing.Saw.ShouldContain("no such host");
    }
}
