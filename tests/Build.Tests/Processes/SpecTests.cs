using System.Text.Json.Nodes;

namespace Build.Tests.Processes;

/// <summary>One file for a host, as the real build takes it, and what the build tells of it.</summary>
public sealed class SpecTests() : SampleTest("_build.dll")
{
    [Fact]
    public async Task Parameters_go_before_the_file_and_each_value_has_its_origin()
    {
        Put(
            "host.yaml",
            "name: lab\nprovider: Qemu\nguest: debian-13\ncpus: 3\nmemory: 3GiB\nruntime: Docker\nlocked: true\n"
        );
        Write("parameters.json", """{ "Isolation": "Process", "Memory": "1GiB" }""");
        Variables["NUKE_CPUS"] = "4";
        Variables["NUKE_PASSWORD"] = "machine was never";
        Variables["NUKE_LOCKED"] = "false";

        var run = await Run("Spec --spec host.yaml --runtime containerd");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("name: lab # host.yaml line 1\n");
        run.Output.ShouldContain("\ncpus: 4 # environment variable NUKE_CPUS\n");
        run.Output.ShouldContain("\nmemory: 1GiB # 'Memory' in .nuke/parameters.json\n");
        run.Output.ShouldContain("\nruntime: Containerd # command line\n");
        run.Output.ShouldContain("\nlocked: false # environment variable NUKE_LOCKED\n");
        run.Output.ShouldContain("\n# password: (secret)  # environment variable NUKE_PASSWORD\n");
        Directory.Exists(Root / ".hosts").ShouldBeFalse();
    }

    [Fact]
    public async Task What_it_prints_is_a_file_that_says_the_same()
    {
        var line = "Spec --provider Qemu --guest debian-13 --name lab --cpus 3 --checks login,address";
        Put("again.yaml", (await Run(line)).Output);

        var again = JsonNode.Parse((await Run("Spec --json --spec again.yaml")).Output)!.AsArray();

        var first = JsonNode.Parse((await Run($"{line} --json")).Output)!.AsArray();
        again.Select(Value).ShouldBe(first.Select(Value));
        again[0]!["origin"]!.GetValue<string>().ShouldBe("again.yaml line 1");
        first.Single(one => Value(one).StartsWith("cpus:"))!["origin"]!.GetValue<string>().ShouldBe("command line");

        static string Value(JsonNode? one) => $"{one!["name"]}: {one["value"]}";
    }

    [Fact]
    public async Task What_is_wrong_with_the_file_is_wrong_input_at_its_place()
    {
        Put("sub/host.yaml", "cpus: 0\n");
        var value = await Run("CheckPrereqs --spec sub/host.yaml");
        Put("sub/host.yaml", "cpus: 2\nmemroy: 2GiB\n");
        var key = await Run("Destroy --spec sub/host.yaml --json");

        value.ExitCode.ShouldBe(2);
        (value.Output + value.Error).ShouldContain("sub/host.yaml:1:1: 'cpus' '0' is not valid.");
        key.ExitCode.ShouldBe(2);
        JsonNode.Parse(key.Output)!["problems"]![0]!
            .GetValue<string>()
            .ShouldBe("sub/host.yaml:2:1: 'memroy' is not known here. Did you mean 'memory'?");
    }

    [Fact]
    public async Task Every_target_of_a_host_takes_the_hosts_name_from_it()
    {
        Put("host.yaml", "name: lab\n");
        Variables["NUKE_SPEC"] = "host.yaml";

        JsonNode.Parse((await Run("Destroy --json")).Output)!["name"]!.GetValue<string>().ShouldBe("lab");
        JsonNode.Parse((await Run("Shell --command true --json")).Output)!["host"]!.GetValue<string>().ShouldBe("lab");
        JsonNode.Parse((await Run("Destroy --name lab2 --json")).Output)!["name"]!.GetValue<string>().ShouldBe("lab2");
    }

    private void Put(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root / file)!);
        File.WriteAllText(Root / file, text);
    }
}
