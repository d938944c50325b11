using ContainerHost.Errors;
using ContainerHost.Labs;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Labs;

/// <summary>What a lab file may say, and that whatever else it says is told at its place.</summary>
public sealed class LabReaderTests : FolderTest
{
    private static readonly HostName[] Templates = [Name("golden")];

    [Fact]
    public void Roles_become_hosts_with_what_the_file_says_for_all_and_for_them()
    {
        Put("setup.sh", "#!/bin/sh\necho ready\n");
        var lab = ReadLab(
            """
            version: 1
            name: Demo
            defaults:
              provider: Qemu
              guest: debian-13
              cpus: 1
              lifetime: 2h
            hosts:
              db:
                memory: 3GiB
                private-network: lab:ip=10.77.0.11/24
              web:
                count: 2
                from: golden
                needs: [db]
                provision: setup.sh
                private-network: lab:ip=10.77.0.21/24
            """
        );

        lab.Name.Value.ShouldBe("demo");
        lab.Hosts.Select(host => host.Name.Value).ShouldBe(["db", "web-1", "web-2"]);
        var (db, web) = (lab.Hosts[0], lab.Hosts[2]);
        (db.Request["memory"], db.Request["cpus"], db.Request["lifetime"], db.From).ShouldBe(("3GiB", "1", "2h", null));
        web.Request["private-network"].ShouldBe("lab:ip=10.77.0.22/24");
        (web.Request["cpus"], web.Request["lifetime"], web.From?.Value).ShouldBe((null, "2h", "golden"));
        web.Needs.Select(need => need.Value).ShouldBe(["db"]);
        web.Scripts.Single().Mark(asUser: false).ShouldStartWith("setup.sh ");
    }

    [Fact]
    public void Scripts_and_checks_are_found_beside_the_file()
    {
        Put("scripts/2.sh", "two");
        Put("scripts/1.sh", "one");
        Put("up.sh", "true");
        var host = ReadLab(
            "version: 1\nname: a\nhosts:\n  x: {from: golden, provision: [up.sh, scripts], check: [web=up.sh], provision-as: user}\n"
        )
            .Hosts.Single();

        host.Scripts.Select(script => script.Name).ShouldBe(["up.sh", "1.sh", "2.sh"]);
        host.Request.ToSpec().OwnChecks.ShouldBe([new OwnCheck("web", "true")]);
        host.Request.ProvisionsAsUser.ShouldBeTrue();
    }

    [Fact]
    public void A_role_that_is_needed_stands_for_all_of_its_hosts() =>
        ReadLab("version: 1\nname: a\nhosts:\n  one: {count: 2, provider: Qemu}\n  two: {needs: one, provider: Qemu}\n")
            .Hosts[2]
            .Needs.Select(need => need.Value)
            .ShouldBe(["one-1", "one-2"]);

    [Theory]
    [InlineData("", "0:0: a lab file is a map", "1:1: a lab file is a map")]
    [InlineData("hello", "1:1: a lab file is a map")]
    [InlineData("- a\n- b\n", "1:1: a lab file is a map")]
    [InlineData("version: 1\nname: a\nhosts:\n  x:\n\tcpus: 2\n", "no YAML")]
    [InlineData("version: 1\nname: a\nhosts: {x: {cpus: 2}", "no YAML")]
    [InlineData("version: 1\n---\nversion: 1\n", "one document")]
    [InlineData("name: a\nhosts: {x: {}}\n", "1:1: 'version' must be 1")]
    [InlineData("version: 2\nname: a\nhosts: {x: {}}\n", "1:1: 'version' must be 1")]
    [InlineData("version: 1\nhosts: {x: {}}\n", "1:1: 'name' must name the lab")]
    [InlineData("version: 1\nname: a b\nhosts: {x: {}}\n", "2:1: 'name' must name the lab")]
    [InlineData("version: 1\nname: a\n", "1:1: 'hosts' must name one host at least")]
    [InlineData("version: 1\nname: a\nhosts: {}\n", "3:1: 'hosts' must name one host at least")]
    [InlineData("version: 1\nname: a\nhosts: [x]\n", "3:8: 'hosts' must be a map")]
    [InlineData("version: 1\nname: a\nhosts: {x: 3}\n", "3:12: 'x' must be a map")]
    [InlineData(
        "version: 1\nname: a\nhost: {x: {}}\nhosts: {x: {}}\n",
        "3:1: 'host' is not known here. Did you mean 'hosts'?"
    )]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x:\n    memmory: 1GiB\n",
        "5:5: 'memmory' is not known here. Did you mean 'memory'?"
    )]
    [InlineData("version: 1\nname: a\ndefaults:\n  count: 2\nhosts: {x: {}}\n", "4:3: 'count' is not known here")]
    [InlineData("version: 1\nname: a\nhosts:\n  x:\n    memory: 1\n", "5:5: 'memory' '1' is not valid")]
    [InlineData("version: 1\nname: a\nhosts:\n  x:\n    cpus: [1, 2]\n", "5:11: 'cpus' must be a text or number")]
    [InlineData("version: 1\nname: a\ndefaults:\n  cpus: 0\nhosts: {x: {}}\n", "4:3: 'cpus' '0' is not valid")]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x:\n    password: secret123\n",
        "5:5: 'password' is a secret, which no file may hold"
    )]
    [InlineData("version: 1\nname: a\nhosts:\n  x:\n    name: y\n", "5:5: 'name' is not known here")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {count: 0}\n", "4:14: 'count' must be a whole number from 1 to 100")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {count: many}\n", "4:14: 'count' must be a whole number")]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  abcdefghijklmn: {count: 2}\n",
        "4:3: 'abcdefghijklmn-1' is no host's name"
    )]
    [InlineData("version: 1\nname: a\nhosts:\n  9lives: {}\n", "4:3: '9lives' is no host's name")]
    [InlineData("version: 1\nname: a\nhosts:\n  con: {}\n", "4:3: 'con' is no host's name")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {count: 2}\n  x-1: {}\n", "5:3: 'x-1' is the name of another host")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {}\n  x: {}\n", "no YAML")]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x: {from: silver}\n",
        "4:7: 'from' must name a template, and 'silver' is none; there are golden"
    )]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {from: golden, memory: 4GiB}\n", "4:21: 'memory' is the template's")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {needs: y}\n", "4:14: 'y' is neither a role nor a host")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {needs: x}\n", "3:1: these need each other")]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x: {needs: y}\n  y: {needs: [x]}\n  z: {}\n",
        "3:1: these need each other, so that none can be first: x, y."
    )]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x: {provision: gone.sh}\n",
        "4:18: the script 'gone.sh' cannot be read"
    )]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {check: [web=gone.sh]}\n", "4:7: 'check': the script '")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {check: [reboot]}\n", "4:7: 'check': 'reboot' is not valid")]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x: {provision: {a: b}}\n",
        "4:18: 'provision' must be a text or a list"
    )]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x: {private-network: 'l:ip=10.77.0.254/24', count: 2, provider: Qemu, guest: debian-13}\n",
        "4:7: 'l:ip=10.77.0.254/24' has no room"
    )]
    [InlineData(
        "version: 1\nname: a\ndefaults: {provider: Qemu, guest: debian-13}\nhosts:\n  x: {forward: '8080:80', count: 2}\n  y: {forward: '8081:80'}\n",
        "'forward' gives port 8081 of this machine to both 'x-2' and 'y'"
    )]
    [InlineData("version: 1\nname: a\nhosts:\n  x: &x {cpus: 1}\n  y: *x\n", "4:6: anchors and aliases are not read")]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {cpus: !!int 2}\n", "4:13: tags are not read")]
    [InlineData("version: 1\nname: a\nhosts: {x: {needs: [[[[[[[[1]]]]]]]]}}\n", "nested deeper")]
    [InlineData(
        "version: 1\nname: a\ndefaults: {private-network: 'n:ip=10.77.0.11/24'}\nhosts:\n  x: {}\n  y: {}\n",
        "'private-network' gives 10.77.0.11 to both 'x' and 'y'"
    )]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x: {private-network: 'n:ip=10.77.0.11/24'}\n  y: {private-network: 'n:ip=10.78.0.12/24'}\n",
        "'private-network' has 'x' and 'y' on one network with two ranges"
    )]
    [InlineData("version: 1\nname: a\nhosts:\n  x: {lifetime: forever}\n", "4:7: 'lifetime' 'forever' is not valid")]
    [InlineData(
        "version: 1\nname: a\nhosts:\n  x: {accept-license: maybe}\n",
        "4:7: 'accept-license' must be true or false"
    )]
    public void What_is_wrong_is_told_at_its_place(string text, params string[] told)
    {
        var problems = Should.Throw<InvalidInputException>(() => ReadLab(text)).Problems;

        problems.ShouldContain(
            problem => told.Any(one => problem.Contains(one, StringComparison.Ordinal)),
            string.Join('\n', problems)
        );
        problems.ShouldAllBe(problem => problem.StartsWith(In("lab.yaml") + ":"));
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_their_places()
    {
        var problems = Should
            .Throw<InvalidInputException>(() =>
                ReadLab("version: 3\nname: a\nhosts:\n  x: {cpus: 0, memory: 1}\n  y: {need: x}\n")
            )
            .Problems;

        problems
            .Select(problem => problem[(In("lab.yaml").Length + 1)..].Split(": ")[0])
            .ShouldBe(["1:1", "4:7", "4:16", "5:7"]);
    }

    [Fact]
    public void What_is_no_text_too_large_or_not_there_is_told()
    {
        Put("lab.yaml", [0x76, 0xff, 0xfe]);
        Problem().ShouldContain("no text in UTF-8");
        Put("lab.yaml", new byte[(1 << 20) + 1]);
        Problem().ShouldContain("larger than 1 MiB");
        File.Delete(In("lab.yaml"));
        Problem().ShouldContain("cannot be read");
        // Deep enough to overflow the stack of whoever builds a tree of it.
        Put("lab.yaml", new string('[', 500_000));
        Problem().ShouldContain("nested deeper");

        string Problem() =>
            Should
                .Throw<InvalidInputException>(() => LabReader.Read(In("lab.yaml"), [], new HostRequest()))
                .Problems.Single();
    }

    [Fact]
    public void Secrets_of_the_environment_reach_the_hosts_that_they_are_for()
    {
        Put(
            "lab.yaml",
            "version: 1\nname: a\nhosts:\n  linux: {provider: Qemu}\n  clone: {from: golden}\n"
                + "  windows: {provider: HyperV, guest: windows-server-2022, iso: ws.iso, accept-license: true}\n"
        );
        Put("ws.iso", "a medium");
        var secrets = new HostRequest
        {
            ["password"] = "Secret-1-Secret",
            ["product-key"] = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
        };

        var hosts = LabReader.Read(In("lab.yaml"), Templates, secrets).Hosts;

        hosts
            .Select(host => (host.Request["password"] is not null, host.Request["product-key"] is not null))
            .ShouldBe([(true, false), (false, false), (true, true)]);
    }

    [Fact]
    public void A_lab_is_known_by_its_name_whatever_else_is_wrong_with_its_file()
    {
        Put("lab.yaml", "version: 9\nname: a\nhosts:\n  x: {from: gone, provision: nowhere.sh, cpu: 3}\nmore: 1\n");
        LabReader.ReadName(In("lab.yaml")).Value.ShouldBe("a");
        Put("lab.yaml", "version: 1\nhosts: {x: {}}\n");
        Should
            .Throw<InvalidInputException>(() => LabReader.ReadName(In("lab.yaml")))
            .Problems.Single()
            .ShouldContain("'name' must name the lab");
    }

    private Lab ReadLab(string text)
    {
        Put("lab.yaml", text);
        return LabReader.Read(In("lab.yaml"), Templates, new HostRequest());
    }

    private static HostName Name(string name) => new HostRequest { ["name"] = name }.ReadName();
}
