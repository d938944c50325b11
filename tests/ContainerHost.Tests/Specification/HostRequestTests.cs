using ContainerHost.Errors;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Tests.Specification;

public sealed class HostRequestTests
{
    [Theory]
    [InlineData("--name 1st", "--name '1st'")]
    [InlineData("--name ends-", "--name 'ends-'")]
    [InlineData("--name sixteen-letters-x", "--name 'sixteen-letters-x'")]
    [InlineData("--name under_score", "--name 'under_score'")]
    [InlineData("--name a/../b", "--name 'a/../b'")]
    [InlineData("--name größe", "--name 'größe'")]
    [InlineData("--name x;reboot", "--name 'x;reboot'")]
    [InlineData("--name -leading", "--name '-leading'")]
    [InlineData("--name 'two words'", "--name 'two words'")]
    [InlineData("--name ../outside", "--name '../outside'")]
    [InlineData("--name much-too-long-a-name", "--name 'much-too-long-a-name'")]
    [InlineData("--runtime-version newest", "--runtime-version 'newest'")]
    [InlineData("--runtime-version 2.1 --runtime Docker", "--runtime-version needs --runtime Containerd")]
    [InlineData("--vm-isolation Firecracker", "--vm-isolation 'Firecracker'")]
    [InlineData("--vm-isolation Kata", "--memory 2GiB is too little for --vm-isolation Kata")]
    [InlineData("--vm-isolation Kata --runtime Docker", "--vm-isolation Kata needs --runtime Containerd")]
    [InlineData("--vm-isolation Kata --isolation Process", "--vm-isolation Kata needs --isolation HyperV or Both")]
    [InlineData("--vm-isolation Kata --guest windows-server-2022", "--vm-isolation Kata is for Debian guests")]
    [InlineData("--lock-file /no/such.json --locked", "--lock-file '/no/such.json'")]
    [InlineData("--lock-file /etc/hostname", "--lock-file needs --locked")]
    [InlineData("--provider Xen", "--provider 'Xen'")]
    [InlineData("--provider HyperV --guest debian-12", "boots on QEMU only")]
    [InlineData("--provider Qemu --switch Outside", "--switch needs --provider HyperV")]
    [InlineData("--provider HyperV --switch ' '", "--switch must be")]
    [InlineData("--provider HyperV --hyper-v-host 'no host'", "--hyper-v-host 'no host'")]
    [InlineData("--provider HyperV --hyper-v-host lab7 --hyper-v-transport Carrier", "Allowed: Https, Http, Dcom")]
    [InlineData("--provider HyperV --hyper-v-user ada@lab --hyper-v-password x", "--hyper-v-user needs --hyper-v-host")]
    [InlineData("--provider HyperV --hyper-v-transport Http", "--hyper-v-transport needs --hyper-v-host")]
    [InlineData("--provider HyperV --hyper-v-authentication Kerberos", "--hyper-v-authentication needs --hyper-v-host")]
    [InlineData("--provider HyperV --create-switch-on ' '", "--create-switch-on must be the name of a network adapter")]
    [InlineData("--provider HyperV --hyper-v-host lab7 --hyper-v-user ada", "needs --hyper-v-password")]
    [InlineData(
        "--provider HyperV --hyper-v-host lab7 --hyper-v-transport Http --hyper-v-authentication Basic --hyper-v-user ada --hyper-v-password x",
        "needs --hyper-v-transport Https"
    )]
    [InlineData("--provider 1", "--provider '1'")]
    [InlineData("--guest debian-122", "Did you mean 'debian-12'?")]
    [InlineData("--guest windows-95", "--guest 'windows-95'")]
    [InlineData("--cpus 0", "--cpus '0'")]
    [InlineData("--cpus -1", "--cpus '-1'")]
    [InlineData("--cpus two", "--cpus 'two'")]
    [InlineData("--cpus 257", "--cpus '257'")]
    [InlineData("--memory 2", "--memory '2'")]
    [InlineData("--memory 2GB", "--memory '2GB'")]
    [InlineData("--memory 1.5GiB", "--memory '1.5GiB'")]
    [InlineData("--memory 511MiB", "from 512MiB")]
    [InlineData("--memory 99999999999TiB", "--memory '99999999999TiB'")]
    [InlineData("--disk-size 1GiB", "from 4GiB")]
    [InlineData("--disk-size -20GiB", "--disk-size '-20GiB'")]
    [InlineData("--data-disk 50", "--data-disk '50'")]
    [InlineData("--data-disk 1023MiB", "from 1GiB to 64TiB")]
    [InlineData("--data-disk 65TiB", "--data-disk '65TiB'")]
    [InlineData("--guest windows-server-2022 --data-disk 50GiB", "--data-disk is for Linux guests")]
    [InlineData("--data-disk 50GiB --mount /srv:/data/in", "--mount leads to /data")]
    [InlineData("--isolation Hyper-V", "Did you mean 'HyperV'?")]
    [InlineData("--isolation Process,HyperV", "--isolation 'Process,HyperV'")]
    [InlineData("--runtime dokcer", "Did you mean 'Docker'?")]
    [InlineData("--disk-image no/such/file.qcow2", "there is no such file")]
    [InlineData("--disk-image ftp://example.org/x.qcow2", "http:// or https://")]
    [InlineData("--disk-image https://example.org/x.qcow2", "--disk-image-sha256")]
    [InlineData("--disk-image-sha256 abc", "64 hexadecimal digits")]
    [InlineData("--answer-file no/such/file.yaml", "--answer-file")]
    [InlineData("--password short", "--password must have 8")]
    [InlineData("--password 'with\nnewline'", "control characters")]
    [InlineData("--timeout soon", "--timeout 'soon'")]
    [InlineData("--timeout 0m", "--timeout '0m'")]
    [InlineData("--memory 99999GiB", "--memory '99999GiB'")]
    [InlineData("--hyper-v-host lab7", "--hyper-v-host needs --provider HyperV")]
    public void A_bad_request_is_refused_naming_its_problem(string typed, string expected)
    {
        var error = Should.Throw<InvalidInputException>(() => Typed.Request(typed).ToSpec());

        error.Problems.ShouldContain(problem => problem.Contains(expected, StringComparison.Ordinal));
        error.ExitCode.ShouldBe(ExitCodes.InvalidInput);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var request = Typed.Request("--name _ --cpus 0 --memory 2 --disk-size x --isolation Both!");

        Should.Throw<InvalidInputException>(() => request.ToSpec()).Problems.Count.ShouldBe(5);
    }

    [Fact]
    public void A_password_reaches_neither_the_error_nor_the_text_of_the_request()
    {
        var request = Typed.Request("--password s3cret");

        Should.Throw<InvalidInputException>(() => request.ToSpec()).Message.ShouldNotContain("s3cret");
        request.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public void Nothing_typed_gives_the_documented_defaults()
    {
        var spec = new HostRequest().ToSpec();

        spec.Name.Value.ShouldBe("containerhost");
        spec.ShouldBe(new HostSpec { Name = HostName.Default });
        (spec.Cpus, spec.Memory.ToString(), spec.DiskSize.ToString()).ShouldBe((2, "2GiB", "20GiB"));
        (spec.Isolation, spec.Runtime).ShouldBe((Isolation.Both, RuntimeKind.Containerd));
    }

    [Fact]
    public void Rows_tell_the_defaults_that_specs_have()
    {
        HostSpec[] specs =
        [
            Typed.Spec("--provider HyperV --guest debian-13-cloud"),
            Typed.Spec("--guest windows-server-2022 --accept-license"),
        ];

        // No spec keeps what is of a run alone.
        foreach (
            var row in HostParameters.All.Where(row =>
                row is { Values: not null, Read: not null, Change: not Change.ThisRun }
            )
        )
            specs.Select(row.Value).OfType<string>().Distinct().ShouldBe([row.Default!], $"--{row.Name}");
        var (debian, windows) = (GuestFamily.Debian, GuestFamily.WindowsServer);
        HostParameters.Find("memory").Default.ShouldBe($"{debian.Memory}; {windows.Memory} for Windows");
        HostParameters.Find("disk-size").Default.ShouldBe($"{debian.Disk}; {windows.Disk} for Windows");
        HostParameters.Find("cpus").Default.ShouldBe($"{specs[0].Cpus}");
        HostParameters.Find("container-subnet").Default.ShouldBe($"{specs[1].Windows!.ContainerSubnet}");
    }

    [Fact]
    public void Without_a_licence_the_guest_that_has_none_is_named() =>
        Should
            .Throw<InvalidInputException>(() => Typed.Spec("--provider HyperV"))
            .Message.ShouldContain("--guest debian-13-cloud has none to accept");

    [Theory]
    [InlineData("4019MiB", "is no multiple of 2MiB")]
    [InlineData("4GiB", null)]
    public void Hyper_V_gives_memory_by_two_mebibytes(string memory, string? told)
    {
        var typed = $"--provider HyperV --guest debian-13-cloud --memory {memory}";
        if (told is null)
            Typed.Spec(typed);
        else
            Should.Throw<InvalidInputException>(() => Typed.Spec(typed)).Message.ShouldContain(told);
        Typed.Spec($"--provider Qemu --memory {memory}");
    }

    [Fact]
    public void What_is_not_typed_stays_as_the_existing_host_has_it()
    {
        var existing = Typed.Spec("--memory 4GiB --isolation Process");

        var spec = Typed.Request("--cpus 3").ToSpec(existing);

        spec.ShouldBe(existing with { Cpus = 3 });
    }

    [Fact]
    public void Names_and_values_ignore_case()
    {
        var spec = Typed.Spec("--name Lab-1 --runtime DOCKER --isolation hyperv");

        (spec.Name.Value, spec.Runtime, spec.Isolation).ShouldBe(("lab-1", RuntimeKind.Docker, Isolation.HyperV));
    }

    [Fact]
    public void Hyper_V_has_a_guest_that_boots_there_and_keeps_what_was_asked_of_it()
    {
        const string typed =
            @"--provider hyperv --accept-license --switch Außen --hyper-v-host lab7.example.org --hyper-v-user LAB\ada --hyper-v-password 'a secret'";

        var spec = Typed.Spec(typed);

        // What the tutorial made: Datacenter without a desktop.
        (spec.Guest.Id, spec.Windows!.Edition).ShouldBe(("windows-server-2025", WindowsEdition.ServerDatacenterCore));
        spec.HyperV.ShouldBe(
            new HyperVSpec
            {
                Switch = "Außen",
                Computer = "lab7.example.org",
                User = @"LAB\ada",
            }
        );
        Typed.Request("--provider HyperV --hyper-v-password 'a secret'").ToSpec(spec).ShouldBe(spec);
        System.Text.Json.JsonSerializer.Serialize(spec, SpecificationJson.Options).ShouldNotContain("a secret");
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("45m", 45 * 60)]
    [InlineData("1h30m", 90 * 60)]
    [InlineData("1H5s", 3605)]
    [InlineData("168h", 7 * 24 * 3600)]
    [InlineData("168h1s", 0)]
    [InlineData("30m1h", 0)]
    [InlineData("1h 30m", 0)]
    [InlineData("0s", 0)]
    [InlineData("90", 0)]
    [InlineData("", 0)]
    [InlineData("9999999999h", 0)]
    public void Times_are_read_in_hours_minutes_and_seconds(string text, int seconds)
    {
        TimeLimit.TryParse(text, out var limit).ShouldBe(seconds > 0);
        limit.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData(" sha256:{0} ")]
    [InlineData("{0}  image.qcow2")]
    [InlineData("{0} *a name.qcow2")]
    [InlineData("\\{0}  a\\nname")]
    [InlineData("SHA256 (image.qcow2) = {0}")]
    public void A_digest_is_read_as_sha256sum_writes_it(string form)
    {
        var digest = new string('A', 63) + "1";

        PathOrUrl.Digest(string.Format(null, form, digest)).ShouldBe(digest.ToLowerInvariant());
    }

    [Theory]
    [InlineData("con")]
    [InlineData("LPT1")]
    [InlineData("localhost")]
    public void A_new_host_takes_no_name_that_means_something_else(string name)
    {
        var refused = Should.Throw<InvalidInputException>(() => Typed.Request($"--name {name}").ToSpec());

        refused.Problems.ShouldHaveSingleItem().ShouldStartWith($"--name '{name}'");
    }

    [Fact]
    public void An_empty_value_is_none() =>
        new HostRequest { ["name"] = "", ["memory"] = "" }
            .ToSpec()
            .Name.ShouldBe(HostName.Default);
}
