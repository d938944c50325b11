using System.IO.Compression;
using System.Text.Json.Nodes;
using ContainerHost.Tests.Guests;
using ContainerHost.Tests.Programs;

namespace ContainerHost.Tests.Runtimes.Windows;

/// <summary>Runtimes are installed by a real PowerShell from real archives; Windows' services and networks are functions that write down how they were called.</summary>
public sealed class InstallScriptsTests() : ScriptTest("Runtimes.Windows.")
{
    private const string Subnet = "172.16.0.0/24";
    private static readonly string[] Services = ["containerd", "buildkitd", "docker"];

    private string ProgramFiles => In("ProgramFiles");

    [Fact]
    public async Task Containerd_is_installed_from_its_archive_and_becomes_a_service()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");

        Put("ProgramFiles/containerd/cni/conf/0-containerd-nat.conf", "of an earlier version");
        await ConfigureAsync();

        var (cni, logs) = ($"{ProgramFiles}/containerd/cni", In("ProgramData", "containerd"));
        Programs()
            .ShouldBe([
                "containerd.exe config default",
                $"containerd.exe --register-service --service-name containerd --config {ProgramFiles}/containerd/config.toml --log-file {logs}/containerd.log",
                $"buildkitd.exe --register-service --service-name buildkitd --containerd-worker=true --containerd-worker-namespace=containerhost --containerd-worker-net=cni --containerd-cni-config-path={cni}/conf/0-containerd-nat.conflist --containerd-cni-binary-dir={cni}/bin --log-file {logs}/buildkitd.log",
            ]);
        Calls.ShouldContain("sc.exe config buildkitd depend= containerd");
        Calls.ShouldContain("Start-Service -Name containerd");
        Calls.ShouldContain("Start-Service -Name buildkitd");
        Read("ProgramFiles/containerd/config.toml").Trim().ShouldBe("version = 3");
        Directory.GetFiles($"{cni}/conf").Select(Path.GetFileName).ShouldBe(["0-containerd-nat.conflist"]);
        var network = JsonNode.Parse(Read("ProgramFiles/containerd/cni/conf/0-containerd-nat.conflist"))!;
        (network["cniVersion"]!.ToString(), network["name"]!.ToString()).ShouldBe(("1.0.0", "nat"));
        var plugin = network["plugins"]!.AsArray().ShouldHaveSingleItem()!;
        plugin["type"]!.ToString().ShouldBe("nat");
        plugin["ipam"]!["subnet"]!.ToString().ShouldBe(Subnet);
        plugin["ipam"]!["routes"]![0]!["GW"]!.ToString().ShouldBe("172.16.0.1");
        plugin["capabilities"]!["portMappings"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task What_of_containerd_is_there_already_is_left_so()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");
        With("Get-HnsNetwork", Network(Subnet));
        Put("ProgramFiles/containerd/config.toml", "mine");
        await ConfigureAsync();
        var registered = string.Join(' ', Programs());
        WithObject("Get-CimInstance", $"PathName = '{registered}'");

        await ConfigureAsync();

        string.Join(' ', Programs()).ShouldBe(registered);
        Read("ProgramFiles/containerd/config.toml").ShouldBe("mine");
        CallsOf("Remove-HnsNetwork").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_was_registered_otherwise_is_registered_anew()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");
        WithObject("Get-CimInstance", "PathName = 'buildkitd.exe --containerd-cni-config-path=0-containerd-nat.conf'");

        await ConfigureAsync();

        Programs().ShouldContain("buildkitd.exe --unregister-service --service-name buildkitd");
        Programs()[^1].ShouldContain("--register-service --service-name buildkitd --containerd-worker=true");
        CallsOf("Stop-Service -Name buildkitd").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_guest_without_hyper_v_has_no_module_for_networks_and_needs_none()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");
        With("Get-Module").With("Import-Module", "throw 'no such module'");

        await ConfigureAsync();

        CallsOf("Get-HnsNetwork").ShouldBeEmpty();
    }

    [Fact]
    public async Task Docker_becomes_a_service_with_its_network_on_the_subnet()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        With("Get-HnsNetwork", $"{Network("172.20.0.0/16")}; [PSCustomObject]@{{ Name = 'mine' }}");

        await OkAsync("configure-docker.ps1", Subnet);

        Programs().ShouldBe(["dockerd.exe --register-service"]);
        JsonNode.Parse(Read("ProgramData/docker/config/daemon.json"))!["fixed-cidr"]!.ToString().ShouldBe(Subnet);
        CallsOf("Remove-HnsNetwork").Count().ShouldBe(1);
        Calls.ShouldContain("Start-Service -Name docker");
    }

    [Fact]
    public async Task A_docker_that_is_configured_so_already_is_not_disturbed()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        await OkAsync("configure-docker.ps1", Subnet);
        With("Get-Service", "'a service'");
        var before = Calls.Count;

        await OkAsync("configure-docker.ps1", Subnet);

        Programs().Length.ShouldBe(1);
        Calls
            .Skip(before)
            .ShouldAllBe(call => !call.StartsWith("Stop-Service") && !call.StartsWith("Remove-HnsNetwork"));

        await OkAsync("configure-docker.ps1", "10.1.0.0/16");
        Calls.ShouldContain("Stop-Service -Name docker -Force");
    }

    [Fact]
    public async Task A_program_that_fails_is_told_with_its_exit_code()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        MakeProgram(In("ProgramFiles", "docker", "dockerd.exe"), "exit 3");
        (await FailAsync("configure-docker.ps1", Subnet)).ShouldContain("dockerd ended with exit code 3");
    }

    [Fact]
    public async Task An_archive_is_unpacked_once_and_services_are_stopped_for_it()
    {
        With("Get-Service", "'a service'").With("Stop-Service");
        var archive = await ZipAsync("release.zip", "bin/tool.exe", "bin/readme.txt", "other/no.exe");

        await OkAsync("expand-release.ps1", archive, @"tool\bin", "bin", "one,two");

        var installed = Directory.GetFiles(In("ProgramFiles", "tool", "bin")).Select(Path.GetFileName);
        installed.ShouldBe(["release.installed", "tool.exe"], ignoreOrder: true);
        CallsOf("Stop-Service").Count().ShouldBe(2);
        File.Exists(archive).ShouldBeFalse();
        Directory.Exists($"{archive}.folder").ShouldBeFalse();

        archive = await ZipAsync("release.zip", "bin/tool.exe");
        await OkAsync("expand-release.ps1", archive, @"tool\bin", "bin", "one,two");
        CallsOf("Stop-Service").Count().ShouldBe(2);
        File.Exists(archive).ShouldBeFalse();
    }

    [Fact]
    public async Task An_archive_without_programs_is_told()
    {
        With("Get-Service");
        var archive = await ZipAsync("release.zip", "elsewhere/tool.exe");
        (await FailAsync("expand-release.ps1", archive, "tool", "bin", "one")).ShouldContain("has no programs");
    }

    [Fact]
    public async Task A_service_that_stays_stopped_is_told_with_what_it_logged()
    {
        const string refresh = "Add-Member -MemberType ScriptMethod -Name Refresh -Value { } -PassThru";
        With("Get-Service", $"[PSCustomObject]@{{ Status = 'Stopped' }} | {refresh}")
            .With("Start-Sleep")
            .WithObject("Get-WinEvent", "Message = 'no vmcompute.dll'");
        var told = await FailAsync("wait-for-service.ps1", "docker");
        told.ShouldContain("the service docker is Stopped");
        told.ShouldContain("no vmcompute.dll");
        CallsOf("Start-Sleep").Count().ShouldBe(90);
        WithObject("Get-Service", "Status = 'Running'");
        await OkAsync("wait-for-service.ps1", "docker");
    }

    [Fact]
    public async Task A_network_on_the_subnet_is_left_to_docker_as_it_is()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        With("Get-HnsNetwork", Network(Subnet));
        await OkAsync("configure-docker.ps1", Subnet);
        CallsOf("Remove-HnsNetwork").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_network_on_another_subnet_is_removed_for_containerds_plug_in_to_make_anew()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");
        With("Get-HnsNetwork", Network("172.20.0.0/16"));
        await ConfigureAsync();
        CallsOf("Remove-HnsNetwork").Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_logs_into_a_file_is_told_by_its_end()
    {
        const string refresh = "Add-Member -MemberType ScriptMethod -Name Refresh -Value { } -PassThru";
        Put("ProgramData/containerd/containerd.log", "first\nlast words\n");
        With("Get-Service", $"[PSCustomObject]@{{ Status = 'Stopped' }} | {refresh}").With("Start-Sleep");
        (await FailAsync("wait-for-service.ps1", "containerd")).ShouldContain("last words");
    }

    [Fact]
    public async Task A_source_of_events_that_windows_does_not_know_hides_nothing()
    {
        const string refresh = "Add-Member -MemberType ScriptMethod -Name Refresh -Value { } -PassThru";
        With("Get-Service", $"[PSCustomObject]@{{ Status = 'Stopped' }} | {refresh}")
            .With("Start-Sleep")
            .With("Get-WinEvent", "throw 'The parameter is incorrect'");
        (await FailAsync("wait-for-service.ps1", "buildkitd")).ShouldContain("the service buildkitd is Stopped");
    }

    private Task<string> ConfigureAsync() => OkAsync("configure-containerd.ps1", Subnet, "172.16.0.1", "containerhost");

    private static string Network(string subnet) =>
        $"[PSCustomObject]@{{ Name = 'nat'; Subnets = @([PSCustomObject]@{{ AddressPrefix = '{subnet}' }}) }}";

    // Programs that write down how they were called, brought in an archive as a release brings them.
    private async Task HaveAsync(params string[] programs)
    {
        WithAll("Stop-Service", "Set-Service", "Start-Service", "Get-Service", "sc.exe", "Import-Module")
            // As Microsoft's module has them, which cannot make one.
            .WithAll("Get-HnsNetwork", "Remove-HnsNetwork", "Get-CimInstance", "Add-MpPreference")
            .With("Get-Module", "'there'");
        var (target, below) = programs[0].Contains('/') ? (@"containerd\bin", "bin") : ("docker", "");
        var archive = await ZipAsync("release.zip", programs);
        await OkAsync("expand-release.ps1", archive, target, below, string.Join(',', Services));
        var folder = In("ProgramFiles", target.Replace('\\', '/'));
        foreach (var program in Directory.GetFiles(folder, "*.exe"))
            MakeProgram(program, "case \"$*\" in 'config default') echo 'version = 3';; esac");
    }

    private void MakeProgram(string path, string body)
    {
        Put(path, $"#!/bin/sh\necho \"$(basename \"$0\") $*\" >>'{In("programs.log")}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private string[] Programs()
    {
        var calls = File.Exists(In("programs.log")) ? File.ReadAllLines(In("programs.log")) : [];
        foreach (var words in calls.Select(call => call.Split(' ')))
            ProgramFacts.CheckProgram(words[0], words[1..]);
        return calls;
    }

    private async Task<string> ZipAsync(string name, params string[] files)
    {
        var path = In(name);
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, Token);
        foreach (var file in files)
        {
            await using var content = await zip.CreateEntry(file).OpenAsync(Token);
            await content.WriteAsync(new byte[] { 1 }, Token);
        }
        return path;
    }
}
