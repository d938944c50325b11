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
    [InlineData("Format-Volume", "throw 'The volume is in use.'", "The volume is in use.")]
    public async Task A_step_that_fails_is_told_and_nothing_stays_attached(string command, string body, string told)
    {
        _run.With(command, body);

        var result = await RunAsync("Containers");

        result.ExitCode.ShouldNotBe(0);
        result.StandardError.ShouldContain(told);
        _run.Calls[^1].ShouldStartWith("Dismount-VHD");
        File.Exists(Path.Combine(_run.Folder, "attached")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_medium_that_somebody_attached_stays_attached()
    {
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "attached"), "", TestContext.Current.CancellationToken);

        (await RunAsync("Containers")).ExitCode.ShouldBe(0);

        _run.Calls.ShouldNotContain(call => call.Contains("mount-DiskImage", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_a_run_that_was_cut_off_left_attached_is_detached_and_removed_first()
    {
        await File.WriteAllTextAsync(Disk, "half a disk", TestContext.Current.CancellationToken);

        (await RunAsync("Containers")).ExitCode.ShouldBe(0);

        _run.Calls[0].ShouldStartWith("Dismount-VHD");
        (await RealTool.RunAsync("qemu-img", "info", Disk)).ShouldContain("file format: vhdx");
    }

    private Task<ContainerHost.Processes.CommandResult> RunAsync(string features) =>
        _run.RunAsync(Script, @"C:\cache\medium.iso", @"sources\install.wim", "3", Disk, $"{32L << 30}", features);
}
