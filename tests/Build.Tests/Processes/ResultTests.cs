using System.Text.Json.Nodes;
using Build.Tests.Bootstrap;

namespace Build.Tests.Processes;

/// <summary>What programs read of the real build: standard output is theirs alone.</summary>
public sealed class ResultTests() : SampleTest("_build.dll")
{
    private static readonly JsonNode Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "docs/schema/error.schema.json"))
    )!;

    [Fact]
    public async Task One_targets_result_is_the_document_and_several_stand_in_one()
    {
        (await Run("Status --json")).Output.Trim().ShouldBe("[]");

        var both = JsonNode.Parse((await Run("Destroy Status --json")).Output)!;
        both["Destroy"]!["removed"]!.GetValue<bool>().ShouldBeFalse();
        both["Status"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Prune_tells_sizes_and_removes_nothing_before_it_is_forced()
    {
        var part = Directory.CreateDirectory(Root / "cache" / "artifacts" / new string('a', 64)) + "/file.part";
        await File.WriteAllTextAsync(part, "half", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(part, DateTime.UtcNow.AddDays(-2));

        var told = JsonNode.Parse((await Run("Prune --json --cache-directory cache")).Output)!;
        told["removed"]!.GetValue<bool>().ShouldBeFalse();
        var item = told["items"]!.AsArray().ShouldHaveSingleItem()!;
        item["path"]!.GetValue<string>().ShouldBe(part);
        item["bytes"]!.GetValue<long>().ShouldBePositive();
        File.Exists(part).ShouldBeTrue();

        (await Run("Prune --force --cache-directory cache")).Output.ShouldContain("removed");
        File.Exists(part).ShouldBeFalse();
        (await Run("Prune --cache-directory cache --cache-size 12parsecs")).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("CheckPrereqs --json --memory 12parsecs --name 1st", 2, 2)]
    [InlineData("Stauts --json", 2, 1)]
    [InlineData("Status --json --memroy 2GiB --profile nowhere", 2, 2)]
    [InlineData("Status --json --host Nowhere", 255, 1)]
    [InlineData("Shell --command true --name nothere --json", 5, 0)]
    public async Task A_failure_is_one_document_whoever_found_it(string line, int exitCode, int problems)
    {
        var run = await Run(line);

        run.ExitCode.ShouldBe(exitCode, run.Error);
        var error = JsonNode.Parse(run.Output)!.AsObject();
        Schema["required"]!.AsArray().ShouldAllBe(name => error.ContainsKey($"{name}"));
        error.ShouldAllBe(pair => Schema["properties"]!.AsObject().ContainsKey(pair.Key));
        error["exitCode"]!.GetValue<int>().ShouldBe(exitCode);
        error["problems"]!.AsArray().Count.ShouldBe(problems);
        error["saw"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_host_stands_in_the_error_and_secrets_do_not()
    {
        Variables["NUKE_PASSWORD"] = "machine was never";

        var error = JsonNode.Parse((await Run("Shell --command true --name nothere --json")).Output)!;

        error["host"]!.GetValue<string>().ShouldBe("nothere");
        error["saw"]!.GetValue<string>().ShouldContain("its ***** finished");
    }

    [Theory]
    [InlineData("Destroy --nmae lab2")]
    [InlineData("--skip")]
    [InlineData("Verify --skip Verfiy")]
    public async Task What_nobody_declares_reaches_no_host(string line)
    {
        Directory.CreateDirectory(Root / ".hosts" / "containerhost");
        await File.WriteAllTextAsync(
            Root / ".hosts" / "containerhost" / "host.json",
            "",
            TestContext.Current.CancellationToken
        );

        var run = await Run(line);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("Could not accept the input.");
        File.Exists(Root / ".hosts" / "containerhost" / "host.json").ShouldBeTrue();
        Directory.Exists(Temporary).ShouldBeFalse();
    }

    [Fact]
    public async Task A_secret_shows_neither_on_the_console_nor_in_a_file()
    {
        Variables["NUKE_PASSWORD"] = "machine was never";

        var run = await Run("Shell --command true --name nothere --verbosity verbose");

        run.ExitCode.ShouldBe(5);
        (run.Output + run.Error).ShouldContain("its ***** finished");
        (run.Output + run.Error).ShouldNotContain("machine was never");
        foreach (var file in Directory.GetFiles(Root, "*.log", SearchOption.AllDirectories))
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(
                "machine was never"
            );
    }

    [Fact]
    public async Task A_variable_that_is_no_boolean_is_told_and_not_passed_over()
    {
        Variables["NUKE_LOCKED"] = "yes";

        var run = await Run("Status");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("'yes' of the variable NUKE_LOCKED is neither true nor false.");
    }

    [Fact]
    public async Task A_plain_variable_is_no_parameter_even_where_the_engine_takes_it_for_one()
    {
        // What WSL sets, and what make's users may.
        Variables["NAME"] = "1st";
        Variables["TARGET"] = "Destroy";

        (await Run("Status")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_file_says_is_one_document_too()
    {
        Write("parameters.json", """{ "Json": true }""");

        (await Run("Status")).Output.Trim().ShouldBe("[]");
        var error = JsonNode.Parse((await Run("Shell --command true --name nothere")).Output)!;
        error["exitCode"]!.GetValue<int>().ShouldBe(5);
    }

    [Fact]
    public async Task The_list_of_hosts_is_alone_on_standard_output_and_as_wide_as_the_terminal()
    {
        Directory.CreateDirectory(Root / ".hosts" / "lab");
        await File.WriteAllTextAsync(Root / ".hosts" / "lab" / "host.json", "", TestContext.Current.CancellationToken);

        var whole = await Run("Status");
        Variables["COLUMNS"] = "60";
        var narrow = await Run("Status");

        whole.Output.Split('\n').Length.ShouldBe(3, whole.Output);
        whole.Output.ShouldStartWith("NAME ");
        whole.Output.ShouldContain("is empty");
        whole.Error.ShouldContain("The build succeeded.");
        narrow.Output.Split('\n').ShouldAllBe(line => line.Length <= 60);
        (await Run("Shell --command true --name nothere")).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_is_watched_is_printed_once_where_nothing_changes_and_ends_by_ctrl_c_without_a_failure()
    {
        Directory.CreateDirectory(Root / ".hosts" / "lab");
        var run = await WatchAsync("Status --watch 2>/dev/null");

        run.ShouldStartWith("NAME ");
        run.ShouldEndWith("code=0\n");
        run.Split("NAME ").Length.ShouldBe(2, run);
        (await Run("Status --watch --json")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task On_a_terminal_it_is_drawn_over_itself_and_stays_at_the_end()
    {
        Shell.Require("script");
        Directory.CreateDirectory(Root / ".hosts" / "lab");
        var program = Path.Combine(AppContext.BaseDirectory, "_build.dll");
        var build =
            $"cd '{Root}'; stty rows 24 cols 100; env -u CI -u TF_BUILD -u JENKINS_URL -u TEAMCITY_VERSION -u GITHUB_ACTIONS TERM=xterm timeout --foreground --preserve-status -s INT 10 dotnet '{program}' Status --watch; echo code=$?";

        var run = await Shell.RunAsync(
            "sh",
            ["-c", $"sleep 15 | script -qec \"{build.Replace("$", "\\$")}\" /dev/null"]
        );

        run.Output.ShouldContain("code=0");
        run.Output.ShouldContain("\r\e[1A\e[J", customMessage: "two lines are drawn anew");
        run.Output[run.Output.LastIndexOf("\e[J", StringComparison.Ordinal)..].ShouldContain("HalfMade");
        run.Output.ShouldNotContain("Stopping");
    }

    [Fact]
    public async Task A_log_of_a_host_that_is_off_is_followed_to_its_end_and_alone_on_standard_output()
    {
        await MakeHostAsync();

        (await WatchAsync("Logs --name lab --follow 2>/dev/null")).ShouldBe("hello\nthere\ncode=0\n");
        (await WatchAsync("Logs --name lab --log serial 2>/dev/null")).ShouldBe("hello\nthere\ncode=0\n");
        (await Run("Logs --name lab --follow --json")).ExitCode.ShouldBe(2);
        (await Run("Logs --name lab --log kernel")).ExitCode.ShouldBe(2);
    }

    // A host whose machine is off, with something on its console.
    private async Task MakeHostAsync()
    {
        var folder = Directory.CreateDirectory(Root / ".hosts" / "lab").FullName;
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "serial.log"), "hello\r\nthere\r\n", token);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "host.json"),
            """
            {
              "schemaVersion": 1,
              "spec": { "name": "lab", "provider": "Qemu", "guest": "debian-13", "cpus": 2, "memory": "2GiB", "diskSize": "20GiB",
                "network": "Open", "isolation": "Both", "vmIsolation": "MicroVm", "runtime": "Containerd", "needsNested": true },
              "instanceId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "createdAt": "2026-01-02T03:04:05+00:00", "steps": {}
            }
            """,
            token
        );
    }

    // What a build writes until Ctrl-C is pressed after ten seconds, with its exit code.
    private async Task<string> WatchAsync(string line)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "_build.dll");
        var build = $"timeout --foreground --preserve-status -s INT 10 dotnet '{program}' {line}; echo code=$?";
        return (await Shell.RunAsync("sh", ["-c", build], Root)).Output;
    }

    [Theory]
    [InlineData("xterm", true)]
    [InlineData("dumb", false)]
    public async Task A_terminal_that_knows_no_colours_gets_none(string terminal, bool coloured)
    {
        Shell.Require("script");
        var build =
            $"cd '{Root}'; TERM={terminal} dotnet '{Path.Combine(AppContext.BaseDirectory, "_build.dll")}' Destroy";

        var run = await Shell.RunAsync("script", ["-qec", build, "/dev/null"]);

        run.Output.ShouldContain("The build succeeded.");
        run.Output.Contains("\u001b[", StringComparison.Ordinal).ShouldBe(coloured, run.Output);
    }

    [Theory]
    [InlineData("", "--timeout 3s", 6)]
    [InlineData("timeout --foreground --preserve-status -s INT 6", "", 130)]
    [InlineData("timeout --foreground --preserve-status -s HUP 6", "", 130)]
    public async Task A_question_that_nobody_answers_ends_with_the_run(string prefix, string limit, int exitCode)
    {
        Shell.Require("script");
        var program = Path.Combine(AppContext.BaseDirectory, "_build.dll");
        var build =
            $"cd '{Root}'; {prefix} dotnet '{program}' CheckPrereqs --guest windows-server-2022 {limit}; echo code=$?; stty -a";

        // The terminal stays open, and nothing is typed.
        var run = await Shell.RunAsync(
            "sh",
            ["-c", $"sleep 10 | script -qec \"{build.Replace("$", "\\$")}\" /dev/null"]
        );

        run.Output.ShouldContain("Do you accept them?");
        run.Output.ShouldContain($"code={exitCode}");
        run.Output.ShouldContain(" echo ");
    }
}
