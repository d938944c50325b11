using System.Text;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Networks;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Provisioning;

/// <summary>What <c>--provision</c> and <c>--check</c> may be; whatever else they are is told at once, and nothing is touched.</summary>
public sealed class ProvisionInputTests : FolderTest
{
    private const string Linux = "--provider Qemu --guest debian-12 ";

    [Theory]
    [InlineData("--provision @gone.sh", "--provision: the script 'gone.sh' cannot be read: Could not find file")]
    [InlineData("--provision @empty.sh", "--provision: the script 'empty.sh' is empty")]
    [InlineData("--provision @blank.sh", "--provision: the script 'blank.sh' is empty.")]
    [InlineData("--provision @binary.sh", "--provision: the script 'binary.sh' is no script but a binary file.")]
    [InlineData("--provision @latin1.sh", "--provision: the script 'latin1.sh' is no text in UTF-8.")]
    [InlineData("--provision @large.sh", "--provision: the script 'large.sh' is larger than 1 MiB")]
    [InlineData("--provision @none", "--provision: the folder 'none' has no scripts in it, which end in .sh.")]
    [InlineData("--provision @pipe", "--provision: the script 'pipe' is empty, or no plain file.")]
    [InlineData("--provision @one.sh,,@one.sh", "--provision: '' is no name for a script")]
    [InlineData("--provision @one.sh,@folder/one.sh", "--provision: 2 scripts are called 'one.sh'")]
    [InlineData("--provision stdin,stdin", "--provision: standard input (stdin) can be read once.")]
    [InlineData("--provision stdin", "--provision: standard input is empty.")]
    [InlineData("--provision 'a:b.sh'", "--provision: 'a:b.sh' is no name for a script")]
    [InlineData(
        "--provision @one.sh --provision-as admin",
        "--provision-as 'admin' is not valid. Allowed: root, user."
    )]
    [InlineData("--check @one.sh", "--check: 'one.sh' is not valid. Allowed: NAME=SCRIPT")]
    [InlineData("--check web=", "--check: 'web=' is not valid. Allowed: NAME=SCRIPT")]
    [InlineData("--check Web=@one.sh", "--check: 'Web' is no name of a check")]
    [InlineData("--check =@one.sh", "--check: '' is no name of a check")]
    [InlineData("--check reboot=@one.sh", "--check: 'reboot' is one of Verify's own checks or groups")]
    [InlineData("--check quick=@one.sh", "--check: 'quick' is one of Verify's own checks or groups")]
    [InlineData("--check web=@one.sh,web=@one.sh", "--check: 'web' is the name of 2 checks.")]
    [InlineData("--check web=@gone.sh", "--check: the script 'gone.sh' cannot be read")]
    [InlineData("--check web=@folder", "--check: 'folder' of 'web' is a folder; a check is one script.")]
    [InlineData("--check web=@much.sh", "--check: the script 'much.sh' is larger than 64 KiB")]
    [InlineData("--check web=@one.sh --checks wed", "--checks 'wed' is not valid. Allowed: All, Quick, login, address")]
    [InlineData(
        "--guest windows-server-2022 --accept-license --provision @one.sh",
        "--provision: the script 'one.sh' is none for a Windows guest: these end in .ps1."
    )]
    [InlineData(
        "--guest windows-server-2022 --accept-license --provision-as user",
        "--provision-as user is for Linux guests"
    )]
    public async Task What_is_wrong_is_told_before_anything_is_touched(string line, string told)
    {
        Put("empty.sh", "");
        Put("blank.sh", " \r\n\n");
        Put("binary.sh", [0x7f, 0x45, 0x4c, 0x46, 0]);
        Put("latin1.sh", Encoding.Latin1.GetBytes("echo ü"));
        Put("large.sh", new string('#', (1 << 20) + 1));
        Put("much.sh", new string('#', (64 << 10) + 1));
        Put("none/readme.md", "no script");
        Put("one.sh", "true");
        Put("folder/one.sh", "true");
        await RealTool.RunAsync("mkfifo", In("pipe"));

        var error = await Should.ThrowAsync<InvalidInputException>(OpenAsync(line));

        error.Problems.ShouldContain(
            problem => Here(problem).StartsWith(told, StringComparison.Ordinal),
            string.Join('\n', error.Problems)
        );
        Directory.Exists(In("hosts")).ShouldBeFalse();
    }

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        var error = await Should.ThrowAsync<InvalidInputException>(
            OpenAsync("--cpus 0 --provision @gone.sh,@lost.sh --check web=@gone.sh,Web=x")
        );

        error.Problems.Count.ShouldBe(5, string.Join('\n', error.Problems));
    }

    [Fact]
    public void A_folder_is_its_scripts_in_the_order_of_their_names_as_the_guest_reads_them()
    {
        Put("folder/20-b.sh", "b");
        Put("folder/10-a.sh", "\uFEFF#!/bin/sh\r\necho a\r\n");
        Put("folder/Z.sh", "z");
        Put("folder/readme.txt", "x");
        Put("folder/10-a.ps1", "y");
        var problems = new List<string>();

        var scripts = UserScripts.Read(In("folder"), "folder", isWindows: false, problems);

        problems.ShouldBeEmpty();
        scripts.Select(script => script.Name).ShouldBe(["10-a.sh", "20-b.sh", "Z.sh"]);
        scripts[0].Text.ShouldBe("#!/bin/sh\necho a\n");
        UserScripts
            .Read(In("folder"), "folder", isWindows: true, problems)
            .Select(script => script.Name)
            .ShouldBe(["10-a.ps1"]);
    }

    [Fact]
    public async Task Standard_input_is_read_once_and_runs_where_it_stands_in_the_list()
    {
        Put("folder/1.sh", "1");
        Put("folder/2.sh", "2");
        Put("last.sh", "3");
        var problems = new List<string>();

        var scripts = await UserScripts.ReadListAsync(
            $"{In("folder")},stdin,{In("last.sh")}",
            isWindows: false,
            () => new MemoryStream("#!/bin/sh\r\ntrue"u8.ToArray()),
            problems,
            Token
        );

        problems.ShouldBeEmpty();
        scripts.Select(script => script.Name).ShouldBe(["1.sh", "2.sh", "stdin", "last.sh"]);
        scripts[2].Text.ShouldBe("#!/bin/sh\ntrue");
    }

    [Fact]
    public void Checks_are_kept_with_the_host_until_others_are_given()
    {
        var script = Put("up.sh", "#!/bin/sh\ntrue\n");
        var host = Typed.Request($"{Linux}--check web={script},db={script}").ToSpec();
        File.Delete(script);

        host.OwnChecks.ShouldNotBeNull().Select(check => check.Name).ShouldBe(["web", "db"]);
        Typed.Request(Linux).ToSpec(host).OwnChecks.ShouldBe(host.OwnChecks);
        Typed.Request($"{Linux}--check none").ToSpec(host).OwnChecks.ShouldBeNull();
    }

    private string Here(string problem) => problem.Replace($"{Folder}/", "", StringComparison.Ordinal);

    // What begins with @ is in the folder.
    private async Task OpenAsync(string line)
    {
        var folders = new LocalFolders(In("hosts"), Folder, Folder);
        var services = LocalServices.Create(folders, Logger.None, new NetworkAccess()) with
        {
            StandardInput = () => new MemoryStream(),
        };
        var words = line.Replace("@", $"{Folder}/", StringComparison.Ordinal);
        var request = Typed.Request(line.Contains("--guest", StringComparison.Ordinal) ? words : Linux + words);
        using var opened = await Provisioner.OpenAsync(services, request, recreate: false, Token);
    }
}
