using ContainerHost.Tests.Guests;

namespace ContainerHost.Tests.Media.Windows;

/// <summary>
/// What apply-image.ps1 does, in a real PowerShell: Windows' disks are functions that write down how they were called, the disk is made by
/// qemu-img and the image applied by wimlib, from a WIM file of its own making.
/// </summary>
public sealed class ApplyImageTests() : ScriptTest("Media.Windows.")
{
    private const string Script = "apply-image.ps1";

    private string Disk => In("disk.vhdx");

    private string Windows => In("windows");

    private string Attached => In("attached");

    public override async ValueTask InitializeAsync()
    {
        RealTool.Require("qemu-img");
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022);
        With("Get-DiskImage", $"[PSCustomObject]@{{ Attached = (Test-Path '{Attached}') }}")
            .With("Mount-DiskImage", $"New-Item '{Attached}'")
            .With("Dismount-DiskImage", $"Remove-Item '{Attached}'")
            .With("Get-Volume", "[PSCustomObject]@{ DriveLetter = 'D' }")
            .With("New-VHD", "& qemu-img create -q -f vhdx $args[1] $args[3]")
            .With("Mount-VHD", "'a disk'")
            .With("Get-Disk", "[PSCustomObject]@{ Number = 7 }")
            .With("Initialize-Disk", "$global:count = 0")
            .With("New-Partition", "$global:count += 1; [PSCustomObject]@{ PartitionNumber = $global:count }")
            .WithAll("Format-Volume", "Add-PartitionAccessPath")
            .With("Get-Partition", "[PSCustomObject]@{ PartitionNumber = $args[3]; DriveLetter = ' SW'[$args[3]] }")
            .With(
                "Expand-WindowsImage",
                $"& wimlib-imagex apply ($args[1] -replace '^D:\\\\', '{tree}/' -replace '\\\\', '/') $args[3] '{Windows}'"
            )
            .WithAll("bcdboot.exe", "bcdedit.exe", "Start-Sleep", "Enable-WindowsOptionalFeature")
            .WithAll("Set-Partition", "Dismount-VHD")
            .With("Get-CimInstance", "[PSCustomObject]@{ BuildNumber = '20348' }");
    }

    [Fact]
    public async Task A_disk_is_made_that_has_the_image_boots_by_uefi_and_has_its_features_on()
    {
        var told = await ApplyAsync("Containers,Microsoft-Hyper-V");

        File.ReadAllText(Path.Combine(Windows, "file.txt")).ShouldBe("what an image holds");
        (await RealTool.RunAsync("qemu-img", "info", Disk)).ShouldContain("32 GiB");
        var calls = Calls.Select(call => call.Replace(Folder, "HERE", StringComparison.Ordinal));
        string.Join('\n', calls.Append("")).ShouldBeApproved("apply-image");
        told.Trim()
            .Split('\n')
            .ShouldBe([
                "a disk of 34359738368 bytes is made",
                "image 3 is applied",
                "the feature Containers is on",
                "the feature Microsoft-Hyper-V is on",
            ]);
    }

    [Fact]
    public async Task A_host_without_a_runtime_has_no_feature_turned_on()
    {
        await ApplyAsync("");
        CallsOf("Enable-").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bcdboot.exe", "$global:LASTEXITCODE = 15250", "bcdboot ended with exit code 15250")]
    [InlineData("Expand-WindowsImage", "throw 'The data is invalid.'", "The data is invalid.")]
    [InlineData("Enable-WindowsOptionalFeature", "throw 'Feature name is unknown.'", "Feature name is unknown.")]
    [InlineData("bcdedit.exe", "$global:LASTEXITCODE = 1", "bcdedit ended with exit code 1")]
    [InlineData("Get-Volume", "[PSCustomObject]@{ DriveLetter = [char] 0 }", "gave the medium no drive letter")]
    [InlineData("Format-Volume", "throw 'The volume is in use.'", "The volume is in use.")]
    public async Task A_step_that_fails_is_told_and_nothing_stays_attached(string command, string body, string told)
    {
        With(command, body);

        (await FailAsync(Script, Words("Microsoft-Hyper-V"))).ShouldContain(told);

        Calls[^1].ShouldStartWith("Dismount-VHD");
        File.Exists(Attached).ShouldBeFalse();
        File.Exists($"{Disk}.medium").ShouldBeFalse();
    }

    [Fact]
    public async Task A_drive_letter_that_comes_late_is_waited_for()
    {
        var late = In("late");
        With(
            "Get-Volume",
            $"if (Test-Path '{late}') {{ [PSCustomObject]@{{ DriveLetter = 'D' }} }} else {{ New-Item '{late}' | Out-Null; if ($args -notcontains 'SilentlyContinue') {{ throw 'No matching MSFT_Volume objects' }} }}"
        );
        await ApplyAsync("Containers");
        CallsOf("Start-Sleep").Count().ShouldBe(1);
    }

    [Fact]
    public async Task An_image_that_is_newer_than_this_windows_is_refused_before_anything_is_made()
    {
        With("Get-CimInstance", "[PSCustomObject]@{ BuildNumber = '17763' }");
        (await FailAsync(Script, Words("Containers"))).ShouldContain("(build 17763)");
        File.Exists(Disk).ShouldBeFalse();
    }

    [Fact]
    public async Task A_medium_that_somebody_attached_stays_attached()
    {
        Put(Attached, "");

        await ApplyAsync("Containers");

        Calls.ShouldNotContain(call => call.Contains("mount-DiskImage", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_a_run_that_was_cut_off_left_attached_is_detached()
    {
        Put(Disk, "half a disk");
        Put($"{Disk}.medium", @"C:\cache\medium.iso");
        Put(Attached, "");

        await OkAsync("release-image.ps1", Disk);

        Calls.ShouldBe([
            @"Dismount-DiskImage -ImagePath C:\cache\medium.iso -ErrorAction SilentlyContinue",
            $"Dismount-VHD -Path {Disk} -ErrorAction SilentlyContinue",
        ]);
        File.Exists($"{Disk}.medium").ShouldBeFalse();
    }

    [Fact]
    public async Task A_script_whose_mark_another_run_took_leaves_the_medium_attached()
    {
        With("bcdboot.exe", $"Remove-Item '{Disk}.medium'");

        await ApplyAsync("Containers");

        CallsOf("Dismount-DiskImage").ShouldBeEmpty();
    }

    private Task<string> ApplyAsync(string features) => OkAsync(Script, Words(features));

    private string[] Words(string features) =>
        [@"C:\cache\medium.iso", @"sources\install.wim", "3", "20348", Disk, $"{32L << 30}", features];
}
