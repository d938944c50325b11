using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class HostRequestTests
{
    public static TheoryData<HostRequest, string> BadRequests { get; } =
        new()
        {
            {
                new HostRequest { Name = "" },
                "--name ''"
            },
            {
                new HostRequest { Name = "1st" },
                "--name '1st'"
            },
            {
                new HostRequest { Name = "ends-" },
                "--name 'ends-'"
            },
            {
                new HostRequest { Name = "sixteen-letters-x" },
                "--name 'sixteen-letters-x'"
            },
            {
                new HostRequest { Name = "under_score" },
                "--name 'under_score'"
            },
            {
                new HostRequest { Name = "a/../b" },
                "--name 'a/../b'"
            },
            {
                new HostRequest { Name = "größe" },
                "--name 'größe'"
            },
            {
                new HostRequest { Name = "x;reboot" },
                "--name 'x;reboot'"
            },
            {
                new HostRequest { RuntimeVersion = "newest" },
                "--runtime-version 'newest'"
            },
            {
                new HostRequest { RuntimeVersion = "2.1", Runtime = "Docker" },
                "--runtime-version needs --runtime Containerd"
            },
            {
                new HostRequest { VmIsolation = "Firecracker" },
                "--vm-isolation 'Firecracker'"
            },
            {
                new HostRequest { VmIsolation = "Kata" },
                "--memory 2GiB is too little for --vm-isolation Kata"
            },
            {
                new HostRequest { VmIsolation = "Kata", Runtime = "Docker" },
                "--vm-isolation Kata needs --runtime Containerd"
            },
            {
                new HostRequest { VmIsolation = "Kata", Isolation = "Process" },
                "--vm-isolation Kata needs --isolation HyperV or Both"
            },
            {
                new HostRequest { VmIsolation = "Kata", Guest = "windows-server-2022" },
                "--vm-isolation Kata is for Debian guests"
            },
            {
                new HostRequest { LockFile = "/no/such.json", Locked = true },
                "--lock-file '/no/such.json'"
            },
            {
                new HostRequest { LockFile = "/etc/hostname" },
                "--lock-file needs --locked"
            },
            {
                new HostRequest { Provider = "Xen" },
                "--provider 'Xen'"
            },
            {
                new HostRequest { Provider = "HyperV", Guest = "debian-12" },
                "boots on QEMU only"
            },
            {
                new HostRequest { Provider = "Qemu", Switch = "Outside" },
                "--switch needs --provider HyperV"
            },
            {
                new HostRequest { Provider = "HyperV", Switch = " " },
                "--switch must be"
            },
            {
                new HostRequest { Provider = "HyperV", HyperVHost = "no host" },
                "--hyper-v-host 'no host'"
            },
            {
                new HostRequest
                {
                    Provider = "HyperV",
                    HyperVHost = "lab7",
                    HyperVTransport = "Carrier",
                },
                "Allowed: Https, Http, Dcom"
            },
            {
                new HostRequest
                {
                    Provider = "HyperV",
                    HyperVUser = "ada@lab",
                    HyperVPassword = "x",
                },
                "need --hyper-v-host"
            },
            {
                new HostRequest
                {
                    Provider = "HyperV",
                    HyperVHost = "lab7",
                    HyperVUser = "ada",
                },
                "needs --hyper-v-password"
            },
            {
                new HostRequest
                {
                    Provider = "HyperV",
                    HyperVHost = "lab7",
                    HyperVTransport = "Http",
                    HyperVAuthentication = "Basic",
                    HyperVUser = "ada",
                    HyperVPassword = "x",
                },
                "needs --hyper-v-transport Https"
            },
            {
                new HostRequest { Provider = "1" },
                "--provider '1'"
            },
            {
                new HostRequest { Guest = "debian-13" },
                "Did you mean 'debian-12'?"
            },
            {
                new HostRequest { Guest = "windows-95" },
                "--guest 'windows-95'"
            },
            {
                new HostRequest { Cpus = "0" },
                "--cpus '0'"
            },
            {
                new HostRequest { Cpus = "-1" },
                "--cpus '-1'"
            },
            {
                new HostRequest { Cpus = "two" },
                "--cpus 'two'"
            },
            {
                new HostRequest { Cpus = "257" },
                "--cpus '257'"
            },
            {
                new HostRequest { Memory = "2" },
                "--memory '2'"
            },
            {
                new HostRequest { Memory = "2GB" },
                "--memory '2GB'"
            },
            {
                new HostRequest { Memory = "1.5GiB" },
                "--memory '1.5GiB'"
            },
            {
                new HostRequest { Memory = "511MiB" },
                "from 512MiB"
            },
            {
                new HostRequest { Memory = "99999999999TiB" },
                "--memory '99999999999TiB'"
            },
            {
                new HostRequest { DiskSize = "1GiB" },
                "from 4GiB"
            },
            {
                new HostRequest { DiskSize = "-20GiB" },
                "--disk-size '-20GiB'"
            },
            {
                new HostRequest { Isolation = "Hyper-V" },
                "Did you mean 'HyperV'?"
            },
            {
                new HostRequest { Isolation = "Process,HyperV" },
                "--isolation 'Process,HyperV'"
            },
            {
                new HostRequest { Runtime = "dokcer" },
                "Did you mean 'Docker'?"
            },
            {
                new HostRequest { DiskImage = "no/such/file.qcow2" },
                "there is no such file"
            },
            {
                new HostRequest { DiskImage = "ftp://example.org/x.qcow2" },
                "http:// or https://"
            },
            {
                new HostRequest { DiskImage = "https://example.org/x.qcow2" },
                "--disk-image-sha256"
            },
            {
                new HostRequest { DiskImageSha256 = "abc" },
                "64 hexadecimal digits"
            },
            {
                new HostRequest { AnswerFile = "no/such/file.yaml" },
                "--answer-file"
            },
            {
                new HostRequest { Password = "short" },
                "--password must have 8"
            },
            {
                new HostRequest { Password = "with\nnewline" },
                "control characters"
            },
            {
                new HostRequest { Timeout = "soon" },
                "--timeout 'soon'"
            },
            {
                new HostRequest { Timeout = "0m" },
                "--timeout '0m'"
            },
            {
                new HostRequest { Memory = "99999GiB" },
                "--memory '99999GiB'"
            },
            {
                new HostRequest { HyperVHost = "lab7" },
                "--hyper-v-host needs --provider HyperV"
            },
        };

    [Theory]
    [MemberData(nameof(BadRequests), DisableDiscoveryEnumeration = true)]
    public void A_bad_request_is_refused_naming_its_problem(HostRequest request, string expected)
    {
        var error = Should.Throw<InvalidInputException>(() => request.ToSpec());

        error.Problems.ShouldContain(problem => problem.Contains(expected, StringComparison.Ordinal));
        error.ExitCode.ShouldBe(ExitCodes.InvalidInput);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var request = new HostRequest
        {
            Name = "_",
            Cpus = "0",
            Memory = "2",
            DiskSize = "x",
            Isolation = "Both!",
        };

        Should.Throw<InvalidInputException>(() => request.ToSpec()).Problems.Count.ShouldBe(5);
    }

    [Fact]
    public void A_password_reaches_neither_the_error_nor_the_text_of_the_request()
    {
        var request = new HostRequest { Password = "s3cret" };

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
    public void What_is_not_typed_stays_as_the_existing_host_has_it()
    {
        var existing = new HostRequest { Memory = "4GiB", Isolation = "Process" }.ToSpec();

        var spec = new HostRequest { Cpus = "3" }.ToSpec(existing);

        spec.ShouldBe(existing with { Cpus = 3 });
    }

    [Fact]
    public void Names_and_values_ignore_case()
    {
        var spec = new HostRequest
        {
            Name = "Lab-1",
            Runtime = "DOCKER",
            Isolation = "hyperv",
        }.ToSpec();

        (spec.Name.Value, spec.Runtime, spec.Isolation).ShouldBe(("lab-1", RuntimeKind.Docker, Isolation.HyperV));
    }

    [Fact]
    public void Hyper_V_has_a_guest_that_boots_there_and_keeps_what_was_asked_of_it()
    {
        var request = new HostRequest
        {
            Provider = "hyperv",
            Switch = "Außen",
            HyperVHost = "lab7.example.org",
            HyperVUser = @"LAB\ada",
            HyperVPassword = "a secret",
        };

        var spec = request.ToSpec();

        spec.Guest.ShouldBe(GuestCatalog.Debian12Cloud);
        spec.HyperV.ShouldBe(
            new HyperVSpec
            {
                Switch = "Außen",
                Computer = "lab7.example.org",
                User = @"LAB\ada",
            }
        );
        new HostRequest { Provider = "HyperV", HyperVPassword = "a secret" }
            .ToSpec(spec)
            .ShouldBe(spec);
        System.Text.Json.JsonSerializer.Serialize(spec, SpecificationJson.Options).ShouldNotContain("a secret");
    }
}
