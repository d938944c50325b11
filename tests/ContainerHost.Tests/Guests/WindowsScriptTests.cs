using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Guests;

/// <summary>What our scripts do with Windows' commands, in a real PowerShell.</summary>
public sealed class WindowsScriptTests : IDisposable
{
    private readonly ScriptRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Available", "Yes", true)]
    [InlineData("Available", "No", false)]
    [InlineData("InstallPending", "No", true)]
    [InlineData("Installed", "No", false)]
    public async Task Features_are_installed_once_and_a_reboot_is_told(string state, string restart, bool needed)
    {
        _run.With("Get-WindowsFeature", $"[PSCustomObject]@{{ InstallState = '{state}' }}")
            .With(
                "Install-WindowsFeature",
                $"[PSCustomObject]@{{ Success = $true; RestartNeeded = '{restart}'; ExitCode = 'Success' }}"
            );

        var result = await OkAsync("Guests.Windows.install-features.ps1", "Containers,Hyper-V");

        JsonNode.Parse(result.StandardOutput)!["restartNeeded"]!.GetValue<bool>().ShouldBe(needed);
        _run.Calls.Count(call => call.StartsWith("Install-WindowsFeature", StringComparison.Ordinal))
            .ShouldBe(state == "Available" ? 2 : 0);
    }

    [Fact]
    public async Task A_feature_that_windows_lacks_or_does_not_install_is_an_error()
    {
        _run.With("Get-WindowsFeature");
        (await FailAsync("Guests.Windows.install-features.ps1", "Containers")).ShouldContain("no feature Containers");
        _run.With("Get-WindowsFeature", "[PSCustomObject]@{ InstallState = 'Available' }")
            .With(
                "Install-WindowsFeature",
                "[PSCustomObject]@{ Success = $false; RestartNeeded = 'No'; ExitCode = 'Failed' }"
            );
        (await FailAsync("Guests.Windows.install-features.ps1", "Containers")).ShouldContain(
            "could not be installed: Failed"
        );
    }

    [Fact]
    public async Task Nothing_of_the_answers_is_left_and_what_cannot_be_removed_is_told()
    {
        var panther = Directory.CreateDirectory(Path.Combine(_run.Folder, "Windows", "Panther", "Unattend")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(panther, "unattend.xml"),
            "secrets",
            TestContext.Current.CancellationToken
        );
        var disc = Directory.CreateDirectory(Path.Combine(_run.Folder, "disc")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(disc, "autounattend.xml"),
            "secrets",
            TestContext.Current.CancellationToken
        );
        _run.With("Get-ItemProperty", "[PSCustomObject]@{ DefaultPassword = 'secret' }")
            .With("Remove-ItemProperty")
            .With("Set-ItemProperty")
            .With("Get-CimInstance", $"[PSCustomObject]@{{ DeviceID = '{disc}' }}");

        var result = await OkAsync("Guests.Windows.forget-answers.ps1");

        File.Exists(Path.Combine(panther, "unattend.xml")).ShouldBeFalse();
        var left = JsonNode.Parse(result.StandardOutput)!["left"]!.AsArray().Select(one => one!.ToString()).ToList();
        left.Count.ShouldBe(2);
        left[0].ShouldEndWith("DefaultPassword");
        left[1].ShouldEndWith("autounattend.xml");
        _run.Calls.ShouldContain(call =>
            call.StartsWith("Remove-ItemProperty", StringComparison.Ordinal) && call.Contains("DefaultPassword")
        );
    }

    [Fact]
    public async Task A_guest_without_remains_has_none()
    {
        _run.With("Get-ItemProperty", "[PSCustomObject]@{ Shell = 'x' }")
            .With("Set-ItemProperty")
            .With("Get-CimInstance");
        var result = await OkAsync("Guests.Windows.forget-answers.ps1");
        JsonNode.Parse(result.StandardOutput)!["left"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("True", "True", null)]
    [InlineData("False", "True", "shows virtualisation: False")]
    [InlineData("True", "False", "second level address translation: False")]
    public async Task Before_hyper_v_is_there_the_processor_must_show_what_it_needs(
        string firmware,
        string slat,
        string? error
    )
    {
        _run.With("Get-Service")
            .With(
                "Get-CimInstance",
                $"[PSCustomObject]@{{ Name = 'Simulated'; VirtualizationFirmwareEnabled = ${firmware}; SecondLevelAddressTranslationExtensions = ${slat} }}"
            );
        if (error is null)
            (await OkAsync("Guests.Windows.prove-nested.ps1")).StandardOutput.ShouldContain("are visible");
        else
            (await FailAsync("Guests.Windows.prove-nested.ps1")).ShouldContain(error);
    }

    [Theory]
    [InlineData("True", "Running", null)]
    [InlineData("True", "Off", "is Off instead of running")]
    [InlineData("False", "Running", "its hypervisor does not run")]
    public async Task With_hyper_v_a_virtual_machine_is_started_and_removed(
        string hypervisor,
        string state,
        string? error
    )
    {
        _run.With("Get-Service", "'vmms'")
            .With("Get-CimInstance", $"[PSCustomObject]@{{ Name = 'Simulated'; HypervisorPresent = ${hypervisor} }}")
            .With("Get-VM", $"[PSCustomObject]@{{ State = '{state}' }}")
            .With("New-VM", "'machine'")
            .With("Start-VM")
            .With("Stop-VM")
            .With("Remove-VM");
        if (error is null)
            (await OkAsync("Guests.Windows.prove-nested.ps1")).StandardOutput.ShouldContain(
                "was started and is Running"
            );
        else
            (await FailAsync("Guests.Windows.prove-nested.ps1")).ShouldContain(error);
        if (hypervisor == "True")
            _run.Calls[^1].ShouldStartWith("Remove-VM");
    }

    [Fact]
    public async Task The_first_log_in_opens_ssh_with_our_keys_and_leaves_its_mark()
    {
        await PutMediumAsync("Capability");
        FirstLogOnCommands().With("Get-Service").With("Add-WindowsCapability");

        await OkAsync("AnswerFiles.Windows.first-logon.ps1");
        await OkAsync("AnswerFiles.Windows.first-logon.ps1");

        var ssh = Path.Combine(_run.Folder, "ProgramData", "ssh");
        (await File.ReadAllTextAsync(Path.Combine(ssh, "ssh_host_ed25519_key"), Token)).ShouldBe("private");
        (await File.ReadAllTextAsync(Path.Combine(ssh, "administrators_authorized_keys"), Token)).ShouldBe(
            "ssh-ed25519 AAAA me\n"
        );
        (await File.ReadAllTextAsync(Path.Combine(ssh, "sshd_config"), Token)).ShouldStartWith(
            "HostKey __PROGRAMDATA__/ssh/ssh_host_ed25519_key\n"
        );
        JsonNode.Parse(await ReadyAsync())!["ready"]!.GetValue<bool>().ShouldBeTrue();
        _run.Calls.ShouldContain("Add-WindowsCapability -Online -Name OpenSSH.Server~~~~0.0.1.0");
        // Three files, twice, for the script ran twice.
        _run.Calls.Count(call => call.Contains("/setowner *S-1-5-32-544")).ShouldBe(6);
        _run.Calls.Count(call => call.Contains("/inheritance:r /grant *S-1-5-18:F")).ShouldBe(6);
        _run.Calls[^1].ShouldStartWith("Restart-Service");
    }

    [Fact]
    public async Task The_first_log_in_takes_openssh_from_the_package_that_came_along()
    {
        await PutMediumAsync("Capability");
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "openssh.cab"), "a package", Token);
        FirstLogOnCommands().With("Get-Service").With("Add-WindowsCapability").With("Add-WindowsPackage");

        await OkAsync("AnswerFiles.Windows.first-logon.ps1");

        _run.Calls.ShouldContain($"Add-WindowsPackage -Online -PackagePath {_run.Folder}/openssh.cab -NoRestart");
        _run.Calls.ShouldNotContain(call => call.StartsWith("Add-WindowsCapability", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_log_in_that_fails_leaves_a_mark_that_says_why()
    {
        await PutMediumAsync("Inbox");
        FirstLogOnCommands().With("Get-Service");

        await FailAsync("AnswerFiles.Windows.first-logon.ps1");

        var mark = JsonNode.Parse(await ReadyAsync())!;
        mark["ready"]!.GetValue<bool>().ShouldBeFalse();
        mark["error"]!.ToString().ShouldContain("--openssh");
    }

    [Fact]
    public async Task The_password_of_a_ready_image_is_set_for_the_built_in_administrator_whatever_its_name()
    {
        await PutMediumAsync("Inbox", setPassword: true);
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "password"), "Correct-Horse-9", Token);
        FirstLogOnCommands()
            .With("Get-Service", "'sshd'")
            .With(
                "Get-LocalUser",
                "[PSCustomObject]@{ Name = 'Administrador'; SID = [PSCustomObject]@{ Value = 'S-1-5-21-1-2-3-500' } }"
            )
            .With("Set-LocalUser");

        await OkAsync("AnswerFiles.Windows.first-logon.ps1");

        _run.Calls.ShouldContain(call => call.StartsWith("Set-LocalUser", StringComparison.Ordinal));
        string.Join('\n', _run.Calls).ShouldNotContain("Correct-Horse-9");
    }

    [Fact]
    public async Task Folders_to_share_are_made_anew_and_read_back()
    {
        var folder = Path.Combine(_run.Folder, "shared");
        await OkAsync("Verification.Checks.Windows.share-folders.ps1", "prepare", folder, "written by the guest");
        (await File.ReadAllTextAsync(Path.Combine(folder, "read-only", "file"), Token)).ShouldBe(
            "written by the guest"
        );
        (await OkAsync("Verification.Checks.Windows.share-folders.ps1", "read", folder))
            .StandardOutput.Trim()
            .ShouldBeEmpty();
        await File.WriteAllTextAsync(Path.Combine(folder, "read-write", "file"), "back\r\n", Token);
        (await OkAsync("Verification.Checks.Windows.share-folders.ps1", "read", folder))
            .StandardOutput.Trim()
            .ShouldBe("back");
        await OkAsync("Verification.Checks.Windows.share-folders.ps1", "prepare", folder, "x");
        File.Exists(Path.Combine(folder, "read-write", "file")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_image_is_defined_on_its_base()
    {
        var result = await OkAsync("Verification.Checks.Windows.prepare-image.ps1", _run.Folder, "nanoserver:ltsc2022");
        result.StandardOutput.ShouldContain("FROM nanoserver:ltsc2022");
        result.StandardOutput.ShouldContain("USER ContainerAdministrator");
        (await File.ReadAllTextAsync(Path.Combine(_run.Folder, "image", "Dockerfile"), Token)).ShouldContain(
            "CMD [\"cmd\", \"/s\", \"/c\", \"echo Hello, world\"]"
        );
    }

    [Fact]
    public async Task Processes_are_counted_by_a_word_and_not_the_counter_itself()
    {
        _run.With(
            "Get-CimInstance",
            "[PSCustomObject]@{ ProcessId = 1; CommandLine = 'cmd /c rem word-1' }; [PSCustomObject]@{ ProcessId = $PID; CommandLine = 'word-1' }; [PSCustomObject]@{ ProcessId = 2; CommandLine = $null }"
        );
        (await OkAsync("Verification.Checks.Windows.count-processes.ps1", "word-1"))
            .StandardOutput.Trim()
            .ShouldBe("{\"count\":1}");
    }

    [Fact]
    public async Task Addresses_and_connections_are_lists_even_when_there_is_one_or_none()
    {
        _run.With("Get-NetIPAddress", "[PSCustomObject]@{ IPAddress = '192.0.2.17'; AddressState = 'Preferred' }")
            .With("Get-NetTCPConnection");
        var said = JsonNode.Parse((await OkAsync("Guests.Windows.addresses.ps1")).StandardOutput)!;
        said["addresses"]!.AsArray().Count.ShouldBe(1);
        said["connections"]!.AsArray().Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("[PSCustomObject]@{ BootId = 42 }", "boot 42")]
    [InlineData("", "2026-11-25T03:00")]
    public async Task A_boot_is_known_by_its_number_or_its_time(string registry, string id)
    {
        _run.With("Get-ItemProperty", registry)
            .With(
                "Get-CimInstance",
                "[PSCustomObject]@{ LastBootUpTime = [DateTime]::new(2026, 11, 25, 3, 0, 0, [DateTimeKind]::Utc) }"
            );
        (await OkAsync("Guests.Windows.boot-id.ps1")).StandardOutput.Trim().ShouldBe(id);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<string> ReadyAsync() =>
        File.ReadAllTextAsync(Path.Combine(_run.Folder, "ProgramData", "ContainerHost", "ready.json"), Token);

    private ScriptRun FirstLogOnCommands() =>
        _run.With("icacls.exe")
            .With("powercfg.exe")
            .With("Set-Service")
            .With("Restart-Service")
            .With("Get-NetFirewallRule")
            .With("New-NetFirewallRule");

    private async Task PutMediumAsync(string source, bool setPassword = false)
    {
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "host-key"), "private", Token);
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "host-key.pub"), "public", Token);
        var settings = new JsonObject
        {
            ["instanceId"] = "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            ["openSsh"] = source,
            ["authorizedKey"] = "ssh-ed25519 AAAA me",
            ["setPassword"] = setPassword,
        };
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "settings.json"), settings.ToJsonString(), Token);
    }

    private async Task<CommandResult> OkAsync(string script, params IReadOnlyList<string> words)
    {
        var result = await _run.RunAsync(script, words);
        result.ExitCode.ShouldBe(0, result.StandardError);
        return result;
    }

    private async Task<string> FailAsync(string script, params IReadOnlyList<string> words)
    {
        var result = await _run.RunAsync(script, words);
        result.ExitCode.ShouldNotBe(0);
        // PowerShell breaks errors into lines of the console's width.
        return Regex.Replace(result.StandardError, @"\s*\n\s*\|?\s*", " ");
    }
}
