using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContainerHost.Processes;
using ContainerHost.Tests.Guests;

namespace ContainerHost.Tests.Runtimes.Windows;

/// <summary>Runtimes are installed by a real PowerShell from real archives; Windows' services and networks are functions that write down how they were called.</summary>
public sealed class InstallScriptsTests : IDisposable
{
    private const string Subnet = "172.16.0.0/24";
    private static readonly string[] Services = ["containerd", "buildkitd", "docker"];

    private readonly ScriptRun _run = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ProgramFiles => Path.Combine(_run.Folder, "ProgramFiles");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Containerd_is_installed_from_its_archive_and_becomes_a_service()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");

        await OkAsync("configure-containerd.ps1", Subnet, "172.16.0.1");

        Programs()
            .ShouldBe([
                "containerd.exe config default",
                $"containerd.exe --register-service --config {ProgramFiles}/containerd/config.toml",
                $"buildkitd.exe --register-service --service-name buildkitd --containerd-worker=true --containerd-cni-config-path={ProgramFiles}/containerd/cni/conf/0-containerd-nat.conf --containerd-cni-binary-dir={ProgramFiles}/containerd/cni/bin",
            ]);
        _run.Calls.ShouldContain($"New-HnsNetwork -Type NAT -Name nat -AddressPrefix {Subnet} -Gateway 172.16.0.1");
        _run.Calls.ShouldContain("sc.exe config buildkitd depend= containerd");
        _run.Calls.ShouldContain("Start-Service -Name containerd");
        _run.Calls.ShouldContain("Start-Service -Name buildkitd");
        (await ReadAsync("containerd", "config.toml")).Trim().ShouldBe("version = 3");
        var network = JsonNode.Parse(await ReadAsync("containerd", "cni", "conf", "0-containerd-nat.conf"))!;
        network["ipam"]!["subnet"]!.ToString().ShouldBe(Subnet);
        network["ipam"]!["routes"]![0]!["GW"]!.ToString().ShouldBe("172.16.0.1");
    }

    [Fact]
    public async Task What_of_containerd_is_there_already_is_left_so()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");
        _run.With("Get-HnsNetwork", Network(Subnet)).With("Get-Service", "'a service'");
        await File.WriteAllTextAsync(Path.Combine(ProgramFiles, "containerd", "config.toml"), "mine", Token);

        await OkAsync("configure-containerd.ps1", Subnet, "172.16.0.1");

        Programs().ShouldBeEmpty();
        (await ReadAsync("containerd", "config.toml")).ShouldBe("mine");
        _run.Calls.ShouldNotContain(call => call.StartsWith("New-HnsNetwork", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Docker_becomes_a_service_with_its_network_on_the_subnet()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        _run.With("Get-HnsNetwork", $"{Network("172.20.0.0/16")}; [PSCustomObject]@{{ Name = 'mine' }}");

        await OkAsync("configure-docker.ps1", Subnet);

        Programs().ShouldBe(["dockerd.exe --register-service"]);
        JsonNode.Parse(await File.ReadAllTextAsync(DaemonJson, Token))!["fixed-cidr"]!.ToString().ShouldBe(Subnet);
        _run.Calls.Count(call => call.StartsWith("Remove-HnsNetwork", StringComparison.Ordinal)).ShouldBe(1);
        _run.Calls[^1].ShouldBe("Start-Service -Name docker");
    }

    [Fact]
    public async Task A_docker_that_is_configured_so_already_is_not_disturbed()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        await OkAsync("configure-docker.ps1", Subnet);
        _run.With("Get-Service", "'a service'");
        var before = _run.Calls.Count;

        await OkAsync("configure-docker.ps1", Subnet);

        Programs().Length.ShouldBe(1);
        _run.Calls.Skip(before)
            .ShouldAllBe(call => !call.StartsWith("Stop-Service") && !call.StartsWith("Remove-HnsNetwork"));

        await OkAsync("configure-docker.ps1", "10.1.0.0/16");
        _run.Calls.ShouldContain("Stop-Service -Name docker -Force");
    }

    [Fact]
    public async Task A_program_that_fails_is_told_with_its_exit_code()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        await ProgramAsync(Path.Combine(ProgramFiles, "docker", "dockerd.exe"), "exit 3");
        (await FailAsync("configure-docker.ps1", Subnet)).ShouldContain("dockerd ended with exit code 3");
    }

    [Fact]
    public async Task An_archive_is_unpacked_once_and_services_are_stopped_for_it()
    {
        _run.With("Get-Service", "'a service'").With("Stop-Service");
        var archive = await ZipAsync("release.zip", "bin/tool.exe", "bin/readme.txt", "other/no.exe");

        await OkAsync("expand-release.ps1", archive, @"tool\bin", "bin", "one,two");

        Directory
            .GetFiles(Path.Combine(ProgramFiles, "tool", "bin"))
            .Select(Path.GetFileName)
            .Order()
            .ShouldBe(["release.installed", "tool.exe"]);
        _run.Calls.Count(call => call.StartsWith("Stop-Service", StringComparison.Ordinal)).ShouldBe(2);
        File.Exists(archive).ShouldBeFalse();
        Directory.Exists($"{archive}.folder").ShouldBeFalse();

        archive = await ZipAsync("release.zip", "bin/tool.exe");
        await OkAsync("expand-release.ps1", archive, @"tool\bin", "bin", "one,two");
        _run.Calls.Count(call => call.StartsWith("Stop-Service", StringComparison.Ordinal)).ShouldBe(2);
        File.Exists(archive).ShouldBeFalse();
    }

    [Fact]
    public async Task An_archive_without_programs_is_told()
    {
        _run.With("Get-Service");
        var archive = await ZipAsync("release.zip", "elsewhere/tool.exe");
        (await FailAsync("expand-release.ps1", archive, "tool", "bin", "one")).ShouldContain("has no programs");
    }

    [Fact]
    public async Task A_service_that_stays_stopped_is_told_with_what_it_logged()
    {
        _run.With(
                "Get-Service",
                "[PSCustomObject]@{ Status = 'Stopped' } | Add-Member -MemberType ScriptMethod -Name Refresh -Value { } -PassThru"
            )
            .With("Start-Sleep")
            .With("Get-WinEvent", "[PSCustomObject]@{ Message = 'no vmcompute.dll' }");
        var told = await FailAsync("wait-for-service.ps1", "docker");
        told.ShouldContain("the service docker is Stopped");
        told.ShouldContain("no vmcompute.dll");
        _run.Calls.Count(call => call.StartsWith("Start-Sleep", StringComparison.Ordinal)).ShouldBe(90);
        _run.With("Get-Service", "[PSCustomObject]@{ Status = 'Running' }");
        await OkAsync("wait-for-service.ps1", "docker");
    }

    [Fact]
    public async Task A_network_on_the_subnet_is_left_to_docker_as_it_is()
    {
        await HaveAsync("docker.exe", "dockerd.exe");
        _run.With("Get-HnsNetwork", Network(Subnet));
        await OkAsync("configure-docker.ps1", Subnet);
        _run.Calls.ShouldNotContain(call => call.StartsWith("Remove-HnsNetwork", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_network_on_another_subnet_is_made_anew_for_containerd()
    {
        await HaveAsync("bin/containerd.exe", "bin/buildkitd.exe");
        var removed = Path.Combine(_run.Folder, "removed");
        _run.With("Get-HnsNetwork", $"if (-not (Test-Path '{removed}')) {{ {Network("172.20.0.0/16")} }}")
            .With("Remove-HnsNetwork", $"if ($input) {{ New-Item '{removed}' | Out-Null }}");
        await OkAsync("configure-containerd.ps1", Subnet, "172.16.0.1");
        _run.Calls.ShouldContain($"New-HnsNetwork -Type NAT -Name nat -AddressPrefix {Subnet} -Gateway 172.16.0.1");
    }

    private static string Network(string subnet) =>
        $"[PSCustomObject]@{{ Name = 'nat'; Subnets = @([PSCustomObject]@{{ AddressPrefix = '{subnet}' }}) }}";

    private string DaemonJson => Path.Combine(_run.Folder, "ProgramData", "docker", "config", "daemon.json");

    // Programs that write down how they were called, brought in an archive as a release brings them.
    private async Task HaveAsync(params string[] programs)
    {
        foreach (
            var command in (string[])
                [
                    "Stop-Service",
                    "Set-Service",
                    "Start-Service",
                    "sc.exe",
                    "Import-Module",
                    "New-HnsNetwork",
                    "Get-HnsNetwork",
                    "Remove-HnsNetwork",
                    "Get-Service",
                ]
        )
            _run.With(command);
        _run.With("Get-Module", "'there'");
        var (target, below) = programs[0].Contains('/') ? (@"containerd\bin", "bin") : ("docker", "");
        var archive = await ZipAsync("release.zip", programs);
        await OkAsync("expand-release.ps1", archive, target, below, string.Join(',', Services));
        var folder = Path.Combine(ProgramFiles, target.Replace('\\', '/'));
        foreach (var program in Directory.GetFiles(folder, "*.exe"))
            await ProgramAsync(program, "case \"$*\" in 'config default') echo 'version = 3';; esac");
    }

    private async Task ProgramAsync(string path, string body)
    {
        var log = Path.Combine(_run.Folder, "programs.log");
        await File.WriteAllTextAsync(path, $"#!/bin/sh\necho \"$(basename \"$0\") $*\" >>'{log}'\n{body}\n", Token);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private string[] Programs()
    {
        var log = Path.Combine(_run.Folder, "programs.log");
        return File.Exists(log) ? File.ReadAllLines(log) : [];
    }

    private async Task<string> ZipAsync(string name, params string[] files)
    {
        var path = Path.Combine(_run.Folder, name);
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, Token);
        foreach (var file in files)
        {
            await using var content = await zip.CreateEntry(file).OpenAsync(Token);
            await content.WriteAsync(new byte[] { 1 }, Token);
        }
        return path;
    }

    private Task<string> ReadAsync(params string[] path) =>
        File.ReadAllTextAsync(Path.Combine([ProgramFiles, .. path]), Token);

    private async Task<CommandResult> OkAsync(string script, params IReadOnlyList<string> words)
    {
        var result = await _run.RunAsync($"Runtimes.Windows.{script}", words);
        result.ExitCode.ShouldBe(0, result.StandardError);
        return result;
    }

    private async Task<string> FailAsync(string script, params IReadOnlyList<string> words)
    {
        var result = await _run.RunAsync($"Runtimes.Windows.{script}", words);
        result.ExitCode.ShouldNotBe(0);
        return Regex.Replace(result.StandardError, @"\s*\n\s*\|?\s*", " ");
    }
}
