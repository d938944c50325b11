using System.Text.Json.Nodes;

namespace ContainerHost.Tests.Guests;

/// <summary>What our scripts do with Windows' commands, in a real PowerShell.</summary>
public sealed class WindowsScriptTests : ScriptTest
{
    private const string InstallFeatures = "Guests.Windows.install-features.ps1";
    private const string ForgetAnswers = "Guests.Windows.forget-answers.ps1";
    private const string ProveNested = "Guests.Windows.prove-nested.ps1";
    private const string FirstLogOn = "AnswerFiles.Windows.first-logon.ps1";
    private const string ShareFolders = "Verification.Checks.Windows.share-folders.ps1";

    [Theory]
    [InlineData("Disabled", "$true", true)]
    [InlineData("Disabled", "$false", false)]
    [InlineData("EnablePending", "$false", true)]
    [InlineData("Enabled", "$false", false)]
    public async Task Features_are_installed_once_and_a_reboot_is_told(string state, string restart, bool needed)
    {
        WithObject("Get-WindowsOptionalFeature", $"State = '{state}'")
            .WithObject("Enable-WindowsOptionalFeature", $"RestartNeeded = {restart}");

        var answer = await AnswerAsync(InstallFeatures, "Containers,Microsoft-Hyper-V");

        answer["restartNeeded"]!.GetValue<bool>().ShouldBe(needed);
        CallsOf("Enable-WindowsOptionalFeature").Count().ShouldBe(state == "Disabled" ? 2 : 0);
    }

    [Fact]
    public async Task A_feature_that_windows_lacks_or_does_not_install_is_an_error()
    {
        With("Get-WindowsOptionalFeature");
        (await FailAsync(InstallFeatures, "Containers")).ShouldContain("no feature Containers");
        WithObject("Get-WindowsOptionalFeature", "State = 'Disabled'")
            .With("Enable-WindowsOptionalFeature", "throw '0x800f081f'");
        (await FailAsync(InstallFeatures, "Containers")).ShouldContain("0x800f081f");
    }

    [Fact]
    public async Task Nothing_of_the_answers_is_left_and_what_cannot_be_removed_is_told()
    {
        var unattend = Put("Windows/Panther/Unattend/unattend.xml", "secrets");
        Put("disc/autounattend.xml", "secrets");
        WithObject("Get-ItemProperty", "DefaultPassword = 'secret'")
            .With("Add-Type", Secret(isThere: true))
            .WithAll("Remove-ItemProperty", "Set-ItemProperty")
            .WithObject("Get-CimInstance", $"DeviceID = '{In("disc")}'");

        var answer = await AnswerAsync(ForgetAnswers);

        File.Exists(unattend).ShouldBeFalse();
        var left = answer["left"]!.AsArray().Select(one => one!.ToString()).ToList();
        left.Count.ShouldBe(3);
        left[0].ShouldEndWith("DefaultPassword");
        left[1].ShouldBe("the secret DefaultPassword of LSA");
        left[2].ShouldEndWith("autounattend.xml");
        CallsOf("Remove-ItemProperty").ShouldContain(call => call.Contains("DefaultPassword"));
    }

    [Fact]
    public async Task A_guest_without_remains_has_none()
    {
        WithObject("Get-ItemProperty", "Shell = 'x'")
            .With("Add-Type", Secret(isThere: false))
            .WithAll("Set-ItemProperty", "Remove-ItemProperty", "Get-CimInstance");
        (await AnswerAsync(ForgetAnswers))["left"]!.AsArray().ShouldBeEmpty();
    }

    // The secret is Windows' own; that its source is C# 5, as Windows PowerShell compiles it, is seen by the compiler.
    private static string Secret(bool isThere) =>
        "Microsoft.PowerShell.Utility\\Add-Type -TypeDefinition 'public static class AutoLogonSecret { public static void Remove() { } "
        + $"public static bool IsThere() {{ return {(isThere ? "true" : "false")}; }} }}'";

    [Theory]
    [InlineData("True", "True")]
    [InlineData("False", "True")]
    public async Task Before_hyper_v_is_there_what_the_processor_shows_is_told(string firmware, string slat)
    {
        var shown =
            $"VirtualizationFirmwareEnabled = ${firmware}; VMMonitorModeExtensions = $true; SecondLevelAddressTranslationExtensions = ${slat}";
        With("Get-Service").WithObject("Get-CimInstance", $"Name = 'Simulated'; {shown}");
        (await OkAsync(ProveNested)).ShouldContain($"shows virtualisation: {firmware}");
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
        With("Get-Service", "'vmms'")
            .WithObject("Get-CimInstance", $"Name = 'Simulated'; HypervisorPresent = ${hypervisor}")
            .WithObject("Get-VM", $"State = '{state}'")
            .With("New-VM", "'machine'")
            .WithAll("Start-VM", "Stop-VM", "Remove-VM");
        await ExpectAsync(ProveNested, "was started and is Running", error);
        if (hypervisor == "True")
            Calls[^1].ShouldStartWith("Remove-VM");
    }

    [Fact]
    public async Task The_first_log_in_opens_ssh_with_our_keys_and_leaves_its_mark()
    {
        PutMedium("Capability");
        FirstLogOnCommands()
            .WithAll("Get-Service", "Add-WindowsCapability")
            .WithObject("Get-WindowsCapability", "State = 'Installed'");

        await OkAsync(FirstLogOn);
        await OkAsync(FirstLogOn);

        Read("ProgramData/ssh/ssh_host_ed25519_key").ShouldBe("private");
        Read("ProgramData/ssh/administrators_authorized_keys").ShouldBe("ssh-ed25519 AAAA me\n");
        Read("ProgramData/ssh/sshd_config").ShouldStartWith("HostKey __PROGRAMDATA__/ssh/ssh_host_ed25519_key\n");
        ReadMark()["ready"]!.GetValue<bool>().ShouldBeTrue();
        CallsOf("Add-WindowsCapability -Online -Name OpenSSH.Server~~~~0.0.1.0").ShouldNotBeEmpty();
        // Three files and their folder, twice, for the script ran twice.
        Calls.Count(call => call.Contains("/setowner *S-1-5-32-544")).ShouldBe(8);
        Calls.Count(call => call.Contains("/ssh /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F")).ShouldBe(2);
        Calls.ShouldContain("sc.exe config sshd start= delayed-auto");
        CallsOf("Set-LocalUser").ShouldContain(call => call.Contains("-PasswordNeverExpires"));
        Calls.ShouldContain(call => call.Contains("NoAutoUpdate"));
        Calls.ShouldContain(call => call.Contains("AutoLogonCount"));
        Calls.Count(call => call.Contains("/inheritance:r /grant *S-1-5-18:F")).ShouldBe(6);
        Calls[^1].ShouldStartWith("Restart-Service");
    }

    [Fact]
    public async Task A_capability_that_fails_twice_is_asked_for_again()
    {
        PutMedium("Capability");
        var tries = In("tries");
        FirstLogOnCommands()
            .WithAll("Get-Service", "Start-Sleep")
            .With(
                "Add-WindowsCapability",
                $"Add-Content '{tries}' x; if (@(Get-Content '{tries}').Count -lt 3) {{ throw 'failed: 0x80244022' }}"
            )
            .WithObject("Get-WindowsCapability", "State = 'Installed'");

        await OkAsync(FirstLogOn);

        CallsOf("Start-Sleep").Count().ShouldBe(2);
        ReadMark()["ready"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData("throw 'Add-WindowsCapability failed. Error code = 0x800f0954'", "0x800f0954")]
    [InlineData("throw 'unknown: 0x800f080c'", "0x800f080c")]
    public async Task A_capability_that_is_forbidden_or_unknown_is_told_at_once(string body, string told)
    {
        PutMedium("Capability");
        FirstLogOnCommands().WithAll("Get-Service", "Start-Sleep").With("Add-WindowsCapability", body);

        await FailAsync(FirstLogOn);

        ReadMark()["error"]!.ToString().ShouldContain(told);
        CallsOf("Start-Sleep").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_log_in_takes_openssh_from_the_package_that_came_along()
    {
        PutMedium("Capability");
        var package = Put("openssh.cab", "a package");
        FirstLogOnCommands().WithAll("Get-Service", "Add-WindowsCapability", "Add-WindowsPackage");

        await OkAsync(FirstLogOn);

        Calls.ShouldContain($"Add-WindowsPackage -Online -PackagePath {package} -NoRestart");
        CallsOf("Add-WindowsCapability").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_log_in_that_fails_leaves_a_mark_that_says_why()
    {
        PutMedium("Inbox");
        FirstLogOnCommands().With("Get-Service");

        await FailAsync(FirstLogOn);

        ReadMark()["ready"]!.GetValue<bool>().ShouldBeFalse();
        ReadMark()["error"]!.ToString().ShouldContain("--openssh");
    }

    [Fact]
    public async Task The_password_of_a_ready_image_is_set_for_the_built_in_administrator_whatever_its_name()
    {
        PutMedium("Inbox", setPassword: true);
        Put("password", "Correct-Horse-9");
        FirstLogOnCommands()
            .With("Get-Service", "'sshd'")
            .WithObject(
                "Get-LocalUser",
                "Name = 'Administrador'; SID = [PSCustomObject]@{ Value = 'S-1-5-21-1-2-3-500' }"
            )
            .With("Set-LocalUser");

        await OkAsync(FirstLogOn);

        CallsOf("Set-LocalUser").ShouldNotBeEmpty();
        string.Join('\n', Calls).ShouldNotContain("Correct-Horse-9");
    }

    [Fact]
    public async Task Folders_to_share_are_made_anew_and_read_back()
    {
        var folder = In("shared");
        await OkAsync(ShareFolders, "prepare", folder, "written by the guest");
        Read("shared/read-only/file").ShouldBe("written by the guest");
        (await OkAsync(ShareFolders, "read", folder)).Trim().ShouldBeEmpty();
        var written = Put("shared/read-write/file", "back\r\n");
        (await OkAsync(ShareFolders, "read", folder)).Trim().ShouldBe("back");
        await OkAsync(ShareFolders, "prepare", folder, "x");
        File.Exists(written).ShouldBeFalse();
    }

    [Fact]
    public async Task An_image_is_defined_on_its_base()
    {
        var told = await OkAsync("Verification.Checks.Windows.prepare-image.ps1", Folder, "nanoserver:ltsc2022");
        told.ShouldContain("FROM nanoserver:ltsc2022");
        told.ShouldContain("USER ContainerAdministrator");
        Read("image/Dockerfile").ShouldContain("CMD [\"cmd\", \"/s\", \"/c\", \"echo Hello, world\"]");
    }

    [Fact]
    public async Task Processes_are_counted_by_a_word_and_not_the_counter_itself()
    {
        With(
            "Get-CimInstance",
            "[PSCustomObject]@{ ProcessId = 1; CommandLine = 'cmd /c rem word-1' }; [PSCustomObject]@{ ProcessId = $PID; CommandLine = 'word-1' }; [PSCustomObject]@{ ProcessId = 2; CommandLine = $null }"
        );
        (await OkAsync("Verification.Checks.Windows.count-processes.ps1", "word-1")).Trim().ShouldBe("{\"count\":1}");
    }

    [Fact]
    public async Task Addresses_and_connections_are_lists_even_when_there_is_one_or_none()
    {
        WithObject("Get-NetIPAddress", "IPAddress = '192.0.2.17'; AddressState = 'Preferred'")
            .With("Get-NetTCPConnection");
        var said = await AnswerAsync("Guests.Windows.addresses.ps1");
        said["addresses"]!.AsArray().Count.ShouldBe(1);
        said["connections"]!.AsArray().Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("[PSCustomObject]@{ RecordId = 42 }", "boot of record 42")]
    [InlineData("throw 'No events were found'", "boot at 2026-11-25T03:00")]
    public async Task A_boot_is_known_by_its_event_or_its_time(string events, string id)
    {
        With("Get-WinEvent", events)
            .WithObject(
                "Get-CimInstance",
                "LastBootUpTime = [DateTime]::new(2026, 11, 25, 3, 0, 7, [DateTimeKind]::Utc)"
            );
        (await OkAsync("Guests.Windows.boot-id.ps1")).Trim().ShouldBe(id);
    }

    private JsonNode ReadMark() => JsonNode.Parse(Read("ProgramData/ContainerHost/ready.json"))!;

    private ScriptTest FirstLogOnCommands() =>
        WithAll("icacls.exe", "powercfg.exe", "sc.exe", "Restart-Service", "Set-ItemProperty", "Set-LocalUser")
            .WithObject(
                "Get-LocalUser",
                "Name = 'Administrateur'; SID = [PSCustomObject]@{ Value = 'S-1-5-21-1-2-3-500' }"
            )
            .With("New-Item", "if (\"$args\" -notlike '*HKLM:*') { Microsoft.PowerShell.Management\\New-Item @args }")
            .WithAll("Get-NetFirewallRule", "New-NetFirewallRule");

    private void PutMedium(string source, bool setPassword = false)
    {
        Put("host-key", "private");
        Put("host-key.pub", "public");
        var settings = new JsonObject
        {
            ["instanceId"] = "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            ["openSsh"] = source,
            ["authorizedKey"] = "ssh-ed25519 AAAA me",
            ["setPassword"] = setPassword,
        };
        Put("settings.json", settings.ToJsonString());
    }
}
