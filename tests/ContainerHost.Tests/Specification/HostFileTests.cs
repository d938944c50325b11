using System.Text;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

/// <summary>What the file of one host may say, and that whatever else it says is told at its place.</summary>
public sealed class HostFileTests : FolderTest
{
    [Fact]
    public void It_says_what_parameters_say_with_paths_as_it_sees_them()
    {
        Put("images/disk.qcow2", "");
        var request = ReadFile(
            """
            # A host of the laboratory
            name: lab7
            provider: Qemu
            guest: debian-13
            cpus: 3
            "memory": '3GiB'
            disk-image: images/disk.qcow2
            accept-license: false
            locked: true
            """
        );

        request.ReadName().Value.ShouldBe("lab7");
        (request["cpus"], request["memory"], request["accept-license"]).ShouldBe(("3", "3GiB", null));
        (request["disk-image"], request["locked"]).ShouldBe((In("images", "disk.qcow2"), "true"));
        request.OriginOf("cpus")!.Words.ShouldBe("host.yaml line 5");
    }

    [Fact]
    public void Folders_are_those_that_the_file_sees()
    {
        ReadFile("mount: [./src:/work, /data:/data:ro]")["mount"].ShouldBe($"{In("./src")}:/work,/data:/data:ro");
        ReadFile("mount: src:/work,other:/other")["mount"].ShouldBe($"{In("src")}:/work,{In("other")}:/other");
        ReadFile("mount: none")["mount"].ShouldBe("none");
    }

    [Fact]
    public void An_address_is_no_path() =>
        ReadFile("disk-image: https://images.example/disk.qcow2")["disk-image"]
            .ShouldBe("https://images.example/disk.qcow2");

    [Theory]
    [InlineData("\ufeffname: lab\ncpus: 3\n")]
    [InlineData("name: lab\r\ncpus: 3\r\n")]
    [InlineData("---\nname: lab\ncpus: 3\n...\n")]
    [InlineData("{name: lab, cpus: 3}")]
    [InlineData("{\"name\": \"lab\", \"cpus\": 3}")]
    [InlineData("%YAML 1.2\n---\nname: lab\ncpus: 0x3\n", "0x3")]
    [InlineData("name: lab # mine\ncpus: >-\n  3\n")]
    public void However_YAML_writes_it_it_is_the_same(string text, string cpus = "3")
    {
        var request = ReadFile(text);

        (request["name"], request["cpus"]).ShouldBe(("lab", cpus));
    }

    [Theory]
    [InlineData("", "1:1: a host's file is a map of parameters")]
    [InlineData("# memory: 4GiB\n", "1:1: a host's file is a map of parameters")]
    [InlineData("hello", "1:1: a host's file is a map of parameters")]
    [InlineData("- name: lab\n", "1:1: a host's file is a map of parameters")]
    [InlineData("name: lab\n---\nname: lab2\n", "3:1: a host's file has one document")]
    [InlineData("name: lab\nmemmory: 1GiB\n", "2:1: 'memmory' is not known here. Did you mean 'memory'?")]
    [InlineData("DiskSize: 20GiB\n", "1:1: 'DiskSize' is not known here. Did you mean 'disk-size'?")]
    [InlineData("hosts: {x: {}}\n", "1:1: 'hosts' is not known here")]
    [InlineData("<<: {cpus: 2}\n", "1:1: '<<' is not known here")]
    [InlineData("? [a, b]\n: c\n", "is not known here")]
    [InlineData(
        "name: lab\npassword: secret123\n",
        "2:1: 'password' is a secret, which no file may hold; set it as NUKE_PASSWORD."
    )]
    [InlineData("hyper-v-password: a\n", "set it as NUKE_HYPER_V_PASSWORD.")]
    [InlineData("name: lab\nname: lab2\n", "2:1: this is no YAML: Duplicate key")]
    [InlineData("cpus: &two 2\n", "1:7: anchors and aliases are not read.")]
    [InlineData("name: *lab\n", "1:7: anchors and aliases are not read.")]
    [InlineData("cpus: !!int 2\n", "1:7: tags are not read")]
    [InlineData("name: lab\n\tcpus: 2\n", "this is no YAML: While scanning a plain scalar, found a tab")]
    [InlineData("cpus: 2\n  memory: 2GiB\n", "2:9: this is no YAML")]
    [InlineData("cpus: 'two\n", "this is no YAML")]
    [InlineData("cpus: [1, 2]\n", "1:7: 'cpus' must be a text or number.")]
    [InlineData("cpus: {least: 1}\n", "1:7: 'cpus' must be a text or number.")]
    [InlineData("cpus:\n", "'cpus' must be a text or number.")]
    [InlineData("cpus: [[[[[[[1]]]]]]]\n", "nested deeper than anything in a host's file")]
    [InlineData("locked: yes\n", "1:1: 'locked' must be true or false.")]
    [InlineData("cpus: 2\nmemory: 1\n", "2:1: 'memory' '1' is not valid. Allowed: a size from 512MiB")]
    [InlineData("runtime: podman\n", "1:1: 'runtime' 'podman' is not valid. Allowed: Containerd, Docker, None.")]
    [InlineData("guest: debian-31\n", "1:1: 'guest' 'debian-31' is not valid.")]
    [InlineData("name: -lab\n", "1:1: 'name' '-lab' is not valid.")]
    [InlineData("provider: Qemu\nswitch: Lab\n", "2:1: 'switch' needs 'provider' HyperV.")]
    [InlineData(
        "answer-file: gone.yaml\n",
        "1:1: 'answer-file' '*gone.yaml' is not valid. Allowed: an existing file; there is no such file."
    )]
    [InlineData("timeout: soon\n", "1:1: 'timeout' 'soon' is not valid.")]
    public void What_is_wrong_is_told_at_its_place(string text, string told)
    {
        var problems = Problems(text);

        problems.ShouldHaveSingleItem();
        problems[0].ShouldStartWith(In("host.yaml") + ":");
        problems[0].Replace(Folder + "/", "*", StringComparison.Ordinal).ShouldContain(told);
        problems[0].ShouldNotContain("secret123");
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        Problems("cpus: [2]\nmemmory: 1\npassword: a\n").Count.ShouldBe(3);

    [Fact]
    public void What_is_no_text_too_large_too_deep_or_not_there_is_told()
    {
        Put("host.yaml", Encoding.Unicode.GetBytes("\ufeffname: lab"));
        Problem().ShouldContain("no text in UTF-8");
        Put("host.yaml", new byte[(1 << 20) + 1]);
        Problem().ShouldContain("larger than 1 MiB");
        // Deep enough to overflow the stack of whoever builds a tree of it.
        Put("host.yaml", new string('[', 500_000));
        Problem().ShouldContain("nested deeper");
        File.Delete(In("host.yaml"));
        Problem().ShouldStartWith("--spec '");
        Directory.CreateDirectory(In("host.yaml"));
        Problem().ShouldContain("cannot be read");

        string Problem() => Should.Throw<InvalidInputException>(() => HostFile.Read(In("host.yaml"))).Problems.Single();
    }

    [Fact]
    public void A_parameter_that_goes_before_it_is_told_as_a_parameter() =>
        Should
            .Throw<InvalidInputException>(() => ReadFile("cpus: 0\n").With("cpus", "-1").ToSpec())
            .Problems.Single()
            .ShouldStartWith("--cpus '-1' is not valid.");

    [Fact]
    public void It_goes_before_what_an_existing_host_has() =>
        ReadFile("cpus: 4\n")
            .ToSpec(Typed.Spec("--cpus 2 --memory 3GiB"))
            .ShouldBe(Typed.Spec("--cpus 4 --memory 3GiB"));

    private IReadOnlyList<string> Problems(string text) =>
        Should.Throw<InvalidInputException>(() => ReadFile(text).ToSpec()).Problems;

    private HostRequest ReadFile(string text) => HostFile.Read(Put("host.yaml", text));
}
