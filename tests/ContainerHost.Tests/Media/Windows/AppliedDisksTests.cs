using System.Text;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Windows;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Media.Windows;

/// <summary>Base disks in the cache: made once, kept whole, and never taken from a run that failed.</summary>
public sealed class AppliedDisksTests : FolderTest, IProcessRunner
{
    private static readonly ImageApplication Wanted = new(
        "/media/server.iso",
        new string('1', 64),
        "a test",
        "sources/install.wim"
    )
    {
        Image = new WindowsImage(3, "Windows Server 2022 SERVERDATACENTERCORE", 20348, "en-US"),
        Features = ["Containers"],
    };

    private readonly List<IReadOnlyList<string>> _runs = [];
    private readonly List<string> _released = [];
    private Func<string, CommandResult> _script = Make;

    [Fact]
    public async Task A_disk_is_made_by_the_script_and_found_afterwards()
    {
        var media = await ObtainAsync(Wanted);

        media.Image.ShouldBe(Wanted.Image);
        media.SetsUp.ShouldBe(Wanted.Image);
        (media.Format, media.Fingerprint).ShouldBe((DiskFormat.Vhdx, Wanted.Fingerprint));
        File.ReadAllText(media.DiskPath).ShouldBe("a disk");
        (await ObtainAsync(Wanted)).ShouldBe(media);
        var words = _runs.ShouldHaveSingleItem();
        words.Take(3).ShouldBe(["/media/server.iso", @"sources\install.wim", "3"]);
        words[3].ShouldBe("20348");
        words.Skip(5).ShouldBe([$"{32L << 30}", "Containers"]);
    }

    [Fact]
    public async Task Two_that_want_it_at_once_have_it_made_once()
    {
        var both = await Task.WhenAll(Task.Run(() => ObtainAsync(Wanted)), Task.Run(() => ObtainAsync(Wanted)));

        both[0].ShouldBe(both[1]);
        _runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_image_medium_or_feature_makes_another_disk()
    {
        ImageApplication[] all =
        [
            Wanted,
            Wanted with
            {
                Image = Wanted.Image with { Index = 4 },
            },
            Wanted with
            {
                IsoSha256 = new string('2', 64),
            },
            Wanted with
            {
                Features = ["Containers", "Microsoft-Hyper-V"],
            },
        ];
        foreach (var one in all)
            await ObtainAsync(one);

        all.Select(one => one.Fingerprint).Distinct().Count().ShouldBe(4);
        _runs.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_script_that_fails_is_told_and_what_it_left_is_detached_and_removed()
    {
        _script = disk =>
        {
            File.WriteAllText(disk, "half a disk");
            return new CommandResult(1, "", "The requested operation requires elevation.");
        };
        var error = await Should.ThrowAsync<ContainerHostException>(ObtainAsync(Wanted));
        error.Saw.ShouldContain("requires elevation");
        error.Try.ShouldContain("elevated");
        _released.ShouldBe([_runs[0][4]]);
        Unfinished().ShouldBeEmpty();

        _script = Make;
        File.ReadAllText((await ObtainAsync(Wanted)).DiskPath!).ShouldBe("a disk");
        _runs[1][4].ShouldNotBe(_runs[0][4], "a script that outlived its build may still be at work there");
    }

    [Fact]
    public async Task What_a_killed_build_left_of_any_image_is_detached_and_removed_by_the_next()
    {
        var left = Put("images/.building-apply-0123456789ab-01/disk.vhdx", "half a disk");

        await ObtainAsync(Wanted);

        _released.ShouldBe([left]);
        Unfinished().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_run_is_cleaned_up_after()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _script = disk =>
        {
            File.WriteAllText(disk, "half a disk");
            cancelled.Cancel();
            throw new OperationCanceledException(cancelled.Token);
        };
        await Should.ThrowAsync<OperationCanceledException>(ObtainAsync(Wanted, cancelled.Token));
        _released.Count.ShouldBe(1);
        Unfinished().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_was_damaged_is_made_anew()
    {
        var media = await ObtainAsync(Wanted);
        File.WriteAllText(media.DiskPath, "something else");

        File.ReadAllText((await ObtainAsync(Wanted)).DiskPath!).ShouldBe("a disk");

        _runs.Count.ShouldBe(2);
    }

    [Fact]
    public void The_script_and_its_words_go_by_standard_input() =>
        Wanted.ToCommand(@"C:\disk.vhdx").ToString().ShouldNotContain("server.iso");

    [Theory]
    [InlineData("Containerd", "Both", "Containers,Microsoft-Hyper-V,Microsoft-Hyper-V-Management-PowerShell")]
    [InlineData("Containerd", "Process", "Containers")]
    [InlineData("None", "Both", "")]
    public void The_features_are_those_that_the_host_needs(string runtime, string isolation, string features)
    {
        var spec = Typed.Spec(
            $"--guest windows-server-2022 --accept-license --runtime {runtime} --isolation {isolation}"
        );
        string.Join(',', ImageApplication.FeaturesFor(spec)).ShouldBe(features);
    }

    Task<CommandResult> IProcessRunner.RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine
    )
    {
        command.Program.ShouldBe("powershell.exe");
        var job = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(command.StandardInput.Trim())))!;
        IReadOnlyList<string> words = [.. job["arguments"]!.AsArray().Select(word => word!.GetValue<string>())];
        if (words.Count == 1)
        {
            _released.Add(words[0]);
            return Task.FromResult(new CommandResult(0, "", ""));
        }
        _runs.Add(words);
        return Task.FromResult(_script(words[4]));
    }

    private IEnumerable<string> Unfinished() => Directory.EnumerateDirectories(In("images"), ".building-*");

    private Task<AppliedDisk> ObtainAsync(ImageApplication wanted, CancellationToken? cancellation = null) =>
        new AppliedDisks(new CacheFolder(Folder), this, TimeProvider.System, Logger.None).ObtainAsync(
            wanted,
            cancellation ?? Token
        );

    private static CommandResult Make(string disk)
    {
        File.WriteAllText(disk, "a disk");
        return new CommandResult(0, "", "");
    }
}
