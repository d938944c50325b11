using ContainerHost.Tests.Guests;

namespace ContainerHost.Tests.Media.Windows;

/// <summary>
/// What apply-image.ps1 does, in a real PowerShell: Windows' disks are functions that write down how they were called, the disk is made by
/// qemu-img and the image applied by wimlib, from a WIM file of its own making.
/// </summary>
public sealed class ApplyImageTests : IAsyncLifetime
{
    private const string Script = "Media.Windows.apply-image.ps1";

    private readonly ScriptRun _run = new();
    private string _tree = "";

    private string Disk => Path.Combine(_run.Folder, "disk.vhdx");

    private string Windows => Path.Combine(_run.Folder, "windows");

    public async ValueTask InitializeAsync()
    {
        RealTool.Require("qemu-img");
        _tree = await TestMedium.MakeTreeAsync(_run.Folder, TestMedium.Server2022);
        var attached = Path.Combine(_run.Folder, "attached");
        _run.With("Get-DiskImage", $"[PSCustomObject]@{{ Attached = (Test-Path '{attached}') }}")
            .With("Mount-DiskImage", $"New-Item '{attached}'")
            .With("Dismount-DiskImage", $"Remove-Item '{attached}'")
            .With("Get-Volume", "[PSCustomObject]@{ DriveLetter = 'D' }")
            .With("New-VHD", "& qemu-img create -q -f vhdx $args[1] $args[3]")
            .With("Mount-VHD", "'a disk'")
            .With("Get-Disk", "[PSCustomObject]@{ Number = 7 }")
            .With("Initialize-Disk", "$global:count = 0")
            .With("New-Partition", "$global:count += 1; [PSCustomObject]@{ PartitionNumber = $global:count }")
            .With("Format-Volume")
            .With("Add-PartitionAccessPath")
            .With("Get-Partition", "[PSCustomObject]@{ PartitionNumber = $args[3]; DriveLetter = ' SW'[$args[3]] }")
            .With(
                "Expand-WindowsImage",
                $"& wimlib-imagex apply ($args[1] -replace '^D:\\\\', '{_tree}/' -replace '\\\\', '/') $args[3] '{Windows}'"
            )
            .With("bcdboot.exe")
            .With("bcdedit.exe")
            .With("Get-CimInstance", "[PSCustomObject]@{ BuildNumber = '20348' }")
            .With("Start-Sleep")
            .With("Enable-WindowsOptionalFeature")
            .With("Set-Partition")
            .With("Dismount-VHD");
    }

    public ValueTask DisposeAsync()
    {
        _run.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_disk_is_made_that_has_the_image_boots_by_uefi_and_has_its_features_on()
    {
        var result = await RunAsync("Containers,Microsoft-Hyper-V");

        result.ExitCode.ShouldBe(0, result.StandardError);
        File.ReadAllText(Path.Combine(Windows, "file.txt")).ShouldBe("what an image holds");
        (await RealTool.RunAsync("qemu-img", "info", Disk)).ShouldContain("32 GiB");
        var calls = _run.Calls.Select(call => call.Replace(_run.Folder, "HERE", StringComparison.Ordinal));
        string.Join('\n', calls.Append("")).ShouldBeApproved("apply-image");
        result
            .StandardOutput.Trim()
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
        (await RunAsync("")).ExitCode.ShouldBe(0);
        _run.Calls.ShouldNotContain(call => call.StartsWith("Enable-", StringComparison.Ordinal));
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
        _run.With(command, body);

        var result = await RunAsync("Microsoft-Hyper-V");

        result.ExitCode.ShouldNotBe(0);
        result.StandardError.ShouldContain(told);
        _run.Calls[^1].ShouldStartWith("Dismount-VHD");
        File.Exists(Path.Combine(_run.Folder, "attached")).ShouldBeFalse();
        File.Exists($"{Disk}.medium").ShouldBeFalse();
    }

    [Fact]
    public async Task A_drive_letter_that_comes_late_is_waited_for()
    {
        var late = Path.Combine(_run.Folder, "late");
        _run.With(
            "Get-Volume",
            $"if (Test-Path '{late}') {{ [PSCustomObject]@{{ DriveLetter = 'D' }} }} else {{ New-Item '{late}' | Out-Null; if ($args -notcontains 'SilentlyContinue') {{ throw 'No matching MSFT_Volume objects' }} }}"
        );
        (await RunAsync("Containers")).ExitCode.ShouldBe(0);
        _run.Calls.Count(call => call.StartsWith("Start-Sleep", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task An_image_that_is_newer_than_this_windows_is_refused_before_anything_is_made()
    {
        _run.With("Get-CimInstance", "[PSCustomObject]@{ BuildNumber = '17763' }");
        (await RunAsync("Containers")).StandardError.ShouldContain("(build 17763)");
        File.Exists(Disk).ShouldBeFalse();
    }

    [Fact]
    public async Task A_medium_that_somebody_attached_stays_attached()
    {
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "attached"), "", TestContext.Current.CancellationToken);

        (await RunAsync("Containers")).ExitCode.ShouldBe(0);

        _run.Calls.ShouldNotContain(call => call.Contains("mount-DiskImage", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_a_run_that_was_cut_off_left_attached_is_detached()
    {
        foreach (var (path, text) in new[] { (Disk, "half a disk"), ($"{Disk}.medium", @"C:\cache\medium.iso") })
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "attached"), "", TestContext.Current.CancellationToken);

        (await _run.RunAsync("Media.Windows.release-image.ps1", Disk)).ExitCode.ShouldBe(0);

        _run.Calls.ShouldBe([
            @"Dismount-DiskImage -ImagePath C:\cache\medium.iso -ErrorAction SilentlyContinue",
            $"Dismount-VHD -Path {Disk} -ErrorAction SilentlyContinue",
        ]);
        File.Exists($"{Disk}.medium").ShouldBeFalse();
    }

    [Fact]
    public async Task A_script_whose_mark_another_run_took_leaves_the_medium_attached()
    {
        _run.With("bcdboot.exe", $"Remove-Item '{Disk}.medium'");

        (await RunAsync("Containers")).ExitCode.ShouldBe(0);

        _run.Calls.ShouldNotContain(call => call.StartsWith("Dismount-DiskImage", StringComparison.Ordinal));
    }

    private Task<ContainerHost.Processes.CommandResult> RunAsync(string features) =>
        _run.RunAsync(
            Script,
            @"C:\cache\medium.iso",
            @"sources\install.wim",
            "3",
            "20348",
            Disk,
            $"{32L << 30}",
            features
        );
}
