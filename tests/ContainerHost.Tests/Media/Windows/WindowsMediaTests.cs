using System.Security.Cryptography;
using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Media.Downloads;
using Serilog.Core;

namespace ContainerHost.Tests.Media.Windows;

/// <summary>From --guest and --iso to a checked medium, over a real server.</summary>
public sealed class WindowsMediaTests : FolderTest
{
    private string _iso = "";
    private string _sha256 = "";

    public override async ValueTask InitializeAsync()
    {
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022);
        _iso = await TestMedium.MakeIsoAsync(Folder, tree, "-udf");
        _sha256 = Sha256(_iso);
    }

    [Fact]
    public async Task An_iso_of_the_users_own_is_used_where_it_lies()
    {
        var media = await ObtainAsync(Spec(new WindowsSpec { Iso = _iso, Edition = WindowsEdition.ServerStandard }));
        media.Image.ShouldBe(
            new WindowsImage(2, "Windows Server 2022 SERVERSTANDARD", 20348, "en-US", "ServerStandardEval")
        );
        (media.IsoPath, media.Sha256, media.Origin, media.Drivers).ShouldBe((_iso, _sha256, _iso, null));
    }

    [Fact]
    public async Task Another_edition_makes_another_fingerprint()
    {
        var core = await ObtainAsync(Spec(new WindowsSpec { Iso = _iso }));
        var desktop = await ObtainAsync(
            Spec(new WindowsSpec { Iso = _iso, Edition = WindowsEdition.ServerDatacenter })
        );
        core.Fingerprint.ShouldNotBe(desktop.Fingerprint);
    }

    [Fact]
    public async Task An_iso_of_the_users_own_with_another_digest_is_refused_with_both()
    {
        var must = new string('a', 64);
        var spec = Spec(new WindowsSpec { Iso = _iso, IsoSha256 = must });
        var error = await Should.ThrowAsync<ContainerHostException>(ObtainAsync(spec));
        error.Saw.ShouldBe($"it has SHA-256 {_sha256} instead of {must}");
    }

    [Fact]
    public async Task A_medium_of_the_catalogue_is_downloaded_once_and_checked()
    {
        await using var server = await FileServer.StartAsync(FileServer.Good(File.ReadAllBytes(_iso)));
        var spec = Spec(new WindowsSpec()) with { Catalog = Catalog(server.File) };
        var media = await ObtainAsync(spec);
        media.Image.Index.ShouldBe(3);
        (await ObtainAsync(spec)).IsoPath.ShouldBe(media.IsoPath);
        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_lies_in_the_hypervisors_disk_folder_under_its_name_is_used_instead_of_a_download()
    {
        var spec = Spec(new WindowsSpec()) with { Catalog = Catalog(new Uri("http://127.0.0.1:9/medium.iso")) };
        var media = await ObtainAsync(spec, Folder);
        media.IsoPath.ShouldBe(_iso);
    }

    [Fact]
    public async Task One_that_lies_there_with_another_digest_is_left_alone_and_not_used()
    {
        var there = Directory.CreateDirectory(In("disks")).FullName;
        var other = Path.Combine(there, "disk.bin");
        await File.WriteAllBytesAsync(other, new byte[new FileInfo(_iso).Length], Token);
        await using var server = await FileServer.StartAsync(FileServer.Good(File.ReadAllBytes(_iso)));
        var spec = Spec(new WindowsSpec()) with { Catalog = Catalog(server.File) };
        var media = await ObtainAsync(spec, there);
        media.IsoPath.ShouldNotBe(other);
        File.Exists(other).ShouldBeTrue();
    }

    [Fact]
    public async Task Virtio_drivers_for_the_guests_build_are_found_on_their_medium()
    {
        var drivers = await TestMedium.MakeDriversAsync(
            Folder,
            "viostor/2k22/amd64/viostor.inf",
            "NetKVM/2k22/amd64/netkvm.inf"
        );
        var media = await ObtainAsync(Spec(Virtio(drivers)));
        media.Drivers!.Folders.ShouldBe([@"viostor\2k22\amd64", @"NetKVM\2k22\amd64"]);
        media.Drivers.Name.ShouldBe("virtio-win-0.1.271");
        media.Drivers.Sha256.ShouldBe(Sha256(drivers));
    }

    [Fact]
    public async Task A_medium_without_a_driver_for_the_guests_build_is_refused()
    {
        var drivers = await TestMedium.MakeDriversAsync(
            Folder,
            "viostor/2k22/amd64/viostor.inf",
            "NetKVM/2k19/amd64/netkvm.inf"
        );
        var error = await Should.ThrowAsync<ContainerHostException>(ObtainAsync(Spec(Virtio(drivers))));
        error.Saw.ShouldContain("it has no NetKVM/2k22/amd64/netkvm.inf; its root has");
        error.Try.ShouldContain("--devices Inbox");
    }

    [Fact]
    public async Task A_file_that_is_no_medium_of_drivers_is_refused()
    {
        var text = Put("text.iso", "no medium");
        (await Should.ThrowAsync<ContainerHostException>(ObtainAsync(Spec(Virtio(text))))).Attempted.ShouldContain(
            "as a medium of virtio drivers"
        );
    }

    [Fact]
    public async Task A_guest_that_no_catalogue_has_any_more_is_wrong_input()
    {
        var spec = Spec(new WindowsSpec()) with { Guest = GuestCatalog.Find("windows-server-1803")! };
        var error = await Should.ThrowAsync<InvalidInputException>(ObtainAsync(spec));
        error.Problems.Single().ShouldContain("--catalog");
    }

    private string Catalog(Uri address)
    {
        var size = new FileInfo(_iso).Length;
        return Put(
            "catalog.json",
            $$"""{ "schemaVersion": 1, "media": [{ "guest": "windows-server-2022", "title": "Ours", "url": "{{address}}", "size": {{size}}, "sha256": "{{_sha256}}", "terms": "https://terms.example" }] }"""
        );
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private WindowsSpec Virtio(string drivers) =>
        new()
        {
            Iso = _iso,
            Devices = DeviceModel.Virtio,
            VirtioDrivers = drivers,
        };

    private static HostSpec Spec(WindowsSpec windows) =>
        HostSpec.DefaultsFor(HostName.Default, GuestCatalog.Find("windows-server-2022")!) with
        {
            Windows = windows,
        };

    private async Task<InstallationMedium> ObtainAsync(HostSpec spec, params IReadOnlyList<string> folders)
    {
        using var http = new HttpClient();
        var downloader = new Downloader(http, TimeProvider.System, Logger.None);
        var cache = new CacheFolder(In("cache"));
        var store = new BootMediaStore(cache, new ProcessRunner(), downloader, TimeProvider.System, Logger.None);
        return (InstallationMedium)await store.ObtainAsync(new MediaRequest(spec) { Folders = folders }, Token);
    }
}
