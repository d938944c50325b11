using System.Globalization;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Renci.SshNet;

namespace ContainerHost.Tests.Guests;

/// <summary>Scripts of the user's over a real SSH server: what they print comes as they print it, and how they ended is told as it was.</summary>
public sealed class UserScriptRunTests(SshServer server) : FolderTest, IClassFixture<SshServer>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("#!/bin/sh\necho out\necho err >&2\nprintf last", 0, null, "out|err|last")]
    [InlineData("echo no first line; exit 7", 7, null, "no first line")]
    [InlineData("#!/bin/bash\nset -e\necho one\nfalse\necho two\n", 1, 4, "one")]
    [InlineData("#!/bin/bash\nset -euo pipefail\necho fine\n", 0, null, "fine")]
    [InlineData("#!/bin/bash\nset -euo pipefail\necho fine\nexit 0\n", 0, null, "fine")]
    [InlineData("#!/bin/bash\nset -eu\necho one\nfalse\n", 1, 4, "one")]
    [InlineData("#!/bin/bash\nset -u\nf() { exit 9; }\nf\n", 9, 4, "")]
    [InlineData("#!/usr/bin/env bash\nset -eu\nf() {\n  ls /nope 2>&-\n}\n\nf\n", 2, 7, "")]
    [InlineData("#!/bin/bash\necho one\n(\n  exit 3\n)\n", 3, 5, "one")]
    // Another command ended these: no line is known.
    [InlineData("#!/bin/bash\nfalse\nexit 1\n", 1, null, "")]
    [InlineData("#!/bin/bash\nfalse\nset -u\necho $nope 2>&-\n", 1, null, null)]
    [InlineData("#!/bin/bash\ntrap 'echo bye' EXIT\nset -e\nfalse\n", 1, null, "bye")]
    [InlineData("#!/bin/bash\nfalse\necho fine\n", 0, null, "fine")]
    // Its own environment and standard input are nobody else's.
    [InlineData("#!/bin/bash\necho ${BASH_ENV-none}; cat; pwd\n", 0, null, "none|HOME")]
    [InlineData("#!/usr/bin/env python3\nprint('ünï')\n", 0, null, "ünï")]
    public async Task A_script_runs_by_its_first_line_and_tells_how_it_ended(
        string text,
        int code,
        int? line,
        string? printed
    )
    {
        var told = new List<string>();

        var end = await RunAsync(text, told.Add);

        end.ShouldBe(new ScriptEnd(code, line));
        if (printed is not null)
            string.Join('|', told)
                .ShouldBe(
                    printed.Replace("HOME", Environment.GetEnvironmentVariable("HOME"), StringComparison.Ordinal)
                );
        Directory.EnumerateFileSystemEntries(In("guest")).ShouldBeEmpty("it is taken away");
    }

    [Fact]
    public async Task What_it_prints_is_told_while_it_runs()
    {
        var first = new TaskCompletionSource();
        var running = RunAsync(
            $"#!/bin/sh\necho one\nwhile [ ! -e {In("go")} ]; do sleep 0.1; done\necho two\n",
            line => first.TrySetResult()
        );

        await first.Task.WaitAsync(Long, Token);
        running.IsCompleted.ShouldBeFalse();
        Put("go", "");

        (await running).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_it_leaves_running_keeps_nobody_waiting()
    {
        var told = new List<string>();

        var end = await RunAsync($"#!/bin/sh\nsleep 300 &\necho $! > {In("id")}\necho done\n", told.Add)
            .WaitAsync(TimeSpan.FromSeconds(30), Token);

        (end.ExitCode, string.Join('|', told)).ShouldBe((0, "done"));
        using var left = System.Diagnostics.Process.GetProcessById(int.Parse(Read("id"), CultureInfo.InvariantCulture));
        left.HasExited.ShouldBeFalse("it is the guest's from then on");
        left.Kill();
    }

    [Fact]
    public async Task Much_output_is_told_whole_and_in_order()
    {
        long length = 0;
        var lines = 0;

        var end = await RunAsync(
            "#!/bin/sh\nseq 1 300000\nhead -c 3000000 /dev/zero | tr '\\0' x\n",
            line =>
            {
                if (++lines <= 300_000)
                    line.ShouldBe(lines.ToString(CultureInfo.InvariantCulture));
                else
                    length += line.Length;
            }
        );

        (end.ExitCode, length).ShouldBe((0, 3_000_000));
    }

    [Fact]
    public async Task One_that_does_not_end_in_time_is_given_up()
    {
        var text = $"#!/bin/sh\necho $$ > {In("id")}\nexec sleep 300\n";

        await Should.ThrowAsync<DeadlineException>(RunAsync(text, _ => { }, TimeSpan.FromSeconds(3)));

        using var left = System.Diagnostics.Process.GetProcessById(int.Parse(Read("id"), CultureInfo.InvariantCulture));
        left.Kill();
    }

    private async Task<ScriptEnd> RunAsync(string text, Action<string> told, TimeSpan? limit = null)
    {
        server.Start();
        Directory.CreateDirectory(In("guest"));
        using var key = new PrivateKeyFile(server.Access.ClientKeyPath);
        var method = new PrivateKeyAuthenticationMethod(server.Access.User, key);
        await using var shell = await SshGuestShell.ConnectAsync(server.Access, method, "t", Token, new PosixDialect());
        var command = new DebianGuest().RunScript(In("guest", "my 'own' script.sh"), Environment.UserName);
        var local = Put("script", text);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        await shell.UploadAsync(local, In("guest", "my 'own' script.sh"), owner, Token);
        return await UserScriptRun.RunAsync(shell, command, limit ?? Long, told, Token);
    }
}
