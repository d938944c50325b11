using System.Runtime.Versioning;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Processes;

/// <summary>The real SFTP server in its real jail, spoken to by OpenSSH's client as a guest that wants more than it was given would.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SftpServerTests : FolderTest
{
    private static string Uid => "1234";

    private string Share => Directory.CreateDirectory(In("share")).FullName;

    [Fact]
    public async Task It_starts_as_it_is_shut_in()
    {
        var server = await FindAsync();

        var probed = await new ProcessRunner().RunAsync(server.Probe, Token);

        probed.ExitCode.ShouldBe(0, probed.StandardError);
        probed.StandardOutput.ShouldContain("hardlink");
    }

    [Fact]
    public async Task Files_go_both_ways_with_names_rights_and_links()
    {
        File.WriteAllText(Path.Combine(Share, "here"), "from here");
        File.SetUnixFileMode(Path.Combine(Share, "here"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(Share, "link"), "../share/here");
        var sent = Put("sent", "from there");

        var told = await SftpAsync(
            $"""
            ls -ln
            get here {In("got")}
            put {sent} "Grüße 日本.txt"
            mkdir ordner
            put {sent} ordner/x
            chmod 640 ordner/x
            rename ordner/x ordner/y
            ln -s y ordner/z
            rm link
            """
        );

        told.ShouldContain($"-r-x------    ? guest    {Uid}");
        told.ShouldContain("lrwxrwxrwx");
        Read("got").ShouldBe("from here");
        Read("share/Grüße 日本.txt").ShouldBe("from there");
        File.GetUnixFileMode(In("share", "ordner", "y"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        new FileInfo(In("share", "ordner", "z")).LinkTarget.ShouldBe("y");
        File.Exists(In("share", "link")).ShouldBeFalse();
    }

    [Fact]
    public async Task Ten_thousand_files_are_listed_and_read()
    {
        Directory.CreateDirectory(In("share", "many"));
        for (var i = 0; i < 10_000; i++)
            File.WriteAllText(In("share", "many", $"{i}"), $"{i}");

        var told = await SftpAsync($"ls -1 many\nget many/9999 {In("got")}");

        told.Split('\n').Count(line => line.StartsWith("many/", StringComparison.Ordinal)).ShouldBe(10_000);
        Read("got").ShouldBe("9999");
    }

    [Fact]
    public async Task Read_only_refuses_whatever_writes()
    {
        File.WriteAllText(Path.Combine(Share, "file"), "kept");
        var sent = Put("sent", "other");

        var told = await SftpAsync(
            $"""
            -put {sent} new
            -put {sent} file
            -rm file
            -rename file other
            -mkdir folder
            -ln -s file link
            -ln file link
            -chmod 777 file
            get file {In("got")}
            """,
            isReadOnly: true
        );

        Read("got").ShouldBe("kept");
        Directory.GetFileSystemEntries(Share).ShouldBe([In("share", "file")]);
        Read("share/file").ShouldBe("kept");
        told.ShouldContain("ermission denied");
    }

    [Theory]
    [InlineData("/etc/shadow")]
    [InlineData("/export/../etc/shadow")]
    [InlineData("../../../../etc/shadow")]
    [InlineData("/proc/self/environ")]
    [InlineData("/proc/1/root/etc/shadow")]
    [InlineData("/sys/kernel/vmcoreinfo")]
    [InlineData("/dev/sda")]
    [InlineData("/etc/hostname")]
    [InlineData("/bin/sh")]
    [InlineData("shadow")]
    [InlineData("root/etc/shadow")]
    [InlineData("up/secret")]
    [InlineData("secret")]
    public async Task What_is_not_in_the_folder_is_not_there(string path)
    {
        Put("secret", "secret");
        File.CreateSymbolicLink(Path.Combine(Share, "shadow"), "/etc/shadow");
        File.CreateSymbolicLink(Path.Combine(Share, "root"), "/");
        File.CreateSymbolicLink(Path.Combine(Share, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(Share, "secret"), In("secret"));

        var told = await SftpAsync($"-get {path} {In("got")}\nbye");

        File.Exists(In("got")).ShouldBeFalse();
        // Of a link at the end of the path the client says it in other words.
        (
            told.Contains("not found", StringComparison.Ordinal)
            || told.Contains("No such file or directory", StringComparison.Ordinal)
        ).ShouldBeTrue(told);
    }

    [Fact]
    public async Task Around_the_folder_are_its_program_and_nothing_that_can_be_changed()
    {
        Put("secret", "secret");
        var sent = Put("sent", "other");
        var program = (await FindAsync()).Program;

        var told = await SftpAsync(
            $"""
            ls -1 /
            ls -1 /etc
            ls -1 /dev
            get /etc/passwd {In("got")}
            -put {sent} /new
            -put {sent} /etc/passwd
            -put {sent} {program}
            -rename /export /elsewhere
            -rm {program}
            -ln {program} /export/program
            -ln -s / /etc/root
            -rename /export/../etc/passwd /export/passwd
            -mkdir {Folder}
            """
        );

        Read("got").ShouldBe($"{SftpServer.PasswdLine(Uid, Uid)}\n");
        var roots = told.Split('\n').Where(line => line.StartsWith('/')).ToList();
        roots.ShouldBeSubsetOf(["/dev", "/etc", "/export", "/lib", "/lib64", "/usr", "/etc/passwd", "/dev/null"]);
        Directory.GetFileSystemEntries(Share).ShouldBeEmpty();
        Directory
            .GetFileSystemEntries(Folder)
            .Length.ShouldBe(5, string.Join(' ', Directory.GetFileSystemEntries(Folder)));
    }

    [Fact]
    public async Task A_link_that_the_client_makes_leads_it_nowhere_either()
    {
        var told = await SftpAsync(
            $"""
            ln -s /root out
            ln -s {Folder} up
            -ls -1 out/
            -get up/serve {In("got")}
            -put {Put("sent", "other")} up/planted
            """
        );

        told.ShouldContain("not found");
        File.Exists(In("got")).ShouldBeFalse();
        File.Exists(In("planted")).ShouldBeFalse();
    }

    private static async Task<SftpServer> FindAsync()
    {
        RealTool.Require("bwrap");
        var server = await SftpServer.FindAsync(new ProcessRunner(), Token);
        Assert.SkipWhen(server is null, "this machine has no sftp-server (openssh-sftp-server)");
        return server;
    }

    private async Task<string> SftpAsync(string batch, bool isReadOnly = false)
    {
        RealTool.Require("sftp");
        var server = await FindAsync();
        var words = server.Words(Share, isReadOnly, Uid, Uid, passwd: 9);
        var serve = Put(
            "serve",
            $"#!/bin/bash\nexec {PosixShell.Quote(words)} 9<<<'{SftpServer.PasswdLine(Uid, Uid)}'\n"
        );
        await RealTool.RunAsync("chmod", "755", serve);
        var result = await new ProcessRunner().RunAsync(
            new Command("sftp", "-q", "-b", "-", "-D", serve) { StandardInput = batch + "\n" },
            Token
        );
        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
        return result.StandardOutput + result.StandardError;
    }
}
