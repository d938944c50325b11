using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Effective;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Tests.Specification;

namespace ContainerHost.Tests.Hosts.Effective;

/// <summary>What counts for a host, and that the file of it says the same again.</summary>
public sealed class EffectiveSpecTests : FolderTest
{
    [Theory]
    [InlineData("--provider Qemu", "")]
    [InlineData("--provider Qemu --name lab --cpus 3 --memory 3GiB --runtime-version '>=1.7 <2' --lifetime 2h", "")]
    [InlineData("--provider Qemu --guest-proxy http://proxy.lan:3128 --checks login,address --timeout 2h", "")]
    [InlineData("--provider Qemu --private-network lab:ip=10.77.0.11/24 --network Restricted", "--cpus 4")]
    [InlineData("", "--provider Qemu --memory 3GiB --isolation Process --runtime Docker")]
    [InlineData(
        "--provider Qemu --guest windows-server-2022 --accept-license --time-zone 'W. Europe Standard Time'",
        ""
    )]
    [InlineData("--provider Qemu --guest windows-server-2022", "")]
    [InlineData("--provider HyperV --guest windows-server-2025 --accept-license --switch 'Lab #7: new'", "")]
    [InlineData(
        "--provider HyperV --guest windows-server-2025 --accept-license --hyper-v-host lab7 --hyper-v-transport Http",
        ""
    )]
    [InlineData("--cpus 5", "--provider HyperV --guest windows-server-2025 --accept-license --keyboard 0407:00000407")]
    public void Its_file_gives_the_same_again(string asked, string has)
    {
        var existing = has.Length == 0 ? null : State(has);
        var first = EffectiveSpec.Of(Typed.Request(asked), existing);

        var again = EffectiveSpec.Of(ReadBack(first), existing);

        again
            .Parameters.Select(one => (one.Name, one.Value, one.Note))
            .ShouldBe(first.Parameters.Select(one => (one.Name, one.Value, one.Note)));
        // And for a host that is not there yet.
        if (!asked.Contains("windows-server-2022", StringComparison.Ordinal))
            ReadBack(first).ToSpec().ShouldBe(Typed.Request(asked).ToSpec(existing?.Spec));
    }

    [Fact]
    public void Each_value_has_its_origin()
    {
        var file = HostFile.Read(Put("host.yaml", "name: lab\ncpus: 3\n"));
        var spec = EffectiveSpec.Of(file.With("runtime", "Docker", "command line"), State("--name lab --memory 3GiB"));

        (Of(spec, "name"), Of(spec, "cpus")).ShouldBe((("lab", "host.yaml line 1"), ("3", "host.yaml line 2")));
        Of(spec, "runtime").ShouldBe(("Docker", "command line"));
        Of(spec, "memory").ShouldBe(("3GiB", "kept with the host"));
        Of(spec, "checks").ShouldBe((null, "default"));
        Of(EffectiveSpec.Of(new HostRequest(), null), "memory").ShouldBe(("2GiB", "default"));
        Of(EffectiveSpec.Of(Typed.Request("--memory 1GiB"), null), "memory").ShouldBe(("1GiB", "parameter"));
    }

    [Fact]
    public void Every_parameter_is_there_and_what_has_no_value_is_a_comment()
    {
        var yaml = EffectiveSpec.Of(Typed.Request("--provider Qemu --guest debian-13"), null).ToYaml();

        foreach (var row in HostParameters.All.Where(row => row.For == Audience.Any))
            yaml.Split('\n').Count(line => line.TrimStart('#', ' ').StartsWith($"{row.Name}:")).ShouldBe(1, row.Name);
        yaml.ShouldContain("memory: 2GiB # default\n");
        yaml.ShouldContain("\n# disk-image: none  # default\n");
        yaml.ShouldContain("\n# answer-file: none  # default\n");
        yaml.ShouldNotContain("edition");
    }

    [Fact]
    public void No_secret_is_in_it()
    {
        var spec = EffectiveSpec.Of(
            Typed
                .Request("--provider Qemu --password Passw0rd-of-mine --guest-proxy http://ada:hush@proxy.lan:3128")
                .With("password", "Passw0rd-of-mine", "environment variable NUKE_PASSWORD"),
            null
        );
        var yaml = spec.ToYaml();

        yaml.ShouldNotContain("Passw0rd");
        yaml.ShouldNotContain("hush");
        yaml.ShouldContain("\n# password: (secret)  # environment variable NUKE_PASSWORD\n");
        yaml.ShouldContain("\n# guest-proxy: (secret) http://proxy.lan:3128  # parameter\n");
        spec.Parameters.ShouldAllBe(one => one.Value == null || !one.Value.Contains("hush"));
    }

    [Fact]
    public void A_key_that_a_host_was_made_with_is_told_as_a_secret_and_its_file_as_a_hash()
    {
        var has = State("--provider Qemu --guest windows-server-2022 --accept-license");
        has = has with
        {
            ExpiresAt = DateTimeOffset.UnixEpoch,
            Spec = has.Spec with
            {
                CaFileDigest = "0123abcd",
                Windows = has.Spec.Windows! with { ProductKeyDigest = "89abcdef" },
            },
        };

        var yaml = EffectiveSpec.Of(new HostRequest(), has).ToYaml();

        yaml.ShouldContain("# product-key: (secret)  # kept with the host\n");
        yaml.ShouldNotContain("89abcdef");
        yaml.ShouldContain("# ca-file: what has the hash 0123abcd  # kept with the host\n");
        yaml.ShouldContain("# lifetime: until 1970-01-01 00:00:00Z  # kept with the host\n");
    }

    [Fact]
    public void What_is_wrong_is_told_but_for_terms_that_are_still_to_be_accepted()
    {
        Should.Throw<InvalidInputException>(() => EffectiveSpec.Of(Typed.Request("--cpus 0"), null));
        Of(EffectiveSpec.Of(Typed.Request("--provider Qemu --guest windows-server-2022"), null), "accept-license")
            .ShouldBe(("false", "default"));
    }

    private HostRequest ReadBack(EffectiveSpec spec) => HostFile.Read(Put("spec.yaml", spec.ToYaml()));

    private static (string?, string) Of(EffectiveSpec spec, string name) =>
        spec.Parameters.Where(one => one.Name == name).Select(one => (one.Value, one.Origin)).Single();

    private static HostState State(string line) =>
        new()
        {
            Spec = Typed.Spec(line),
            InstanceId = Guid.NewGuid(),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
}
