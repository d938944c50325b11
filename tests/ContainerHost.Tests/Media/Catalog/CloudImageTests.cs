using System.Security.Cryptography;
using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Media.Downloads;
using ContainerHost.Tests.Media.Images;
using Microsoft.AspNetCore.Http;
using Serilog.Core;

namespace ContainerHost.Tests.Media.Catalog;

/// <summary>From --guest to a checked image of Linux: vendors' and those of the user's catalogue, over a real server.</summary>
public sealed class CloudImageTests : FolderTest
{
    private readonly byte[] _disk = Disk.OfBios();

    public override ValueTask InitializeAsync()
    {
        RealTool.Require("qemu-img");
        return base.InitializeAsync();
    }

    [Theory]
    [InlineData("SHA256SUMS")]
    [InlineData("SHA512SUMS")]
    public async Task The_digest_comes_from_the_list_that_is_published_with_the_image(string list)
    {
        var digest = Convert.ToHexStringLower(list == "SHA256SUMS" ? SHA256.HashData(_disk) : SHA512.HashData(_disk));
        await using var server = await FileServer.StartAsync(
            FileServer.Good(System.Text.Encoding.ASCII.GetBytes($"{digest} *disk.bin\n")),
            FileServer.Good(_disk)
        );

        var media = await ObtainAsync($"\"image\": \"{server.File}\", \"digests\": \"{list}\"");

        (await File.ReadAllBytesAsync(media.Path, Token)).ShouldBe(_disk);
        media.Origin.ShouldBe(server.File.ToString());
    }

    [Fact]
    public async Task An_image_that_is_not_in_the_list_is_told_and_not_fetched()
    {
        await using var server = await FileServer.StartAsync(
            FileServer.Good("abc  other.bin\n"u8.ToArray()),
            context => throw new InvalidOperationException($"{context.Request.Path} was asked for")
        );

        var error = await Should.ThrowAsync<ContainerHostException>(
            ObtainAsync($"\"image\": \"{server.File}\", \"digests\": \"SHA256SUMS\"")
        );

        error.Saw.ShouldContain("does not list it");
    }

    [Fact]
    public async Task A_file_beside_the_catalogue_is_used_where_it_lies_and_an_address_by_its_digest()
    {
        Put("lab.raw", _disk);
        (await ObtainAsync("\"image\": \"lab.raw\"")).Path.ShouldBe(In("lab.raw"));

        var digest = Convert.ToHexStringLower(SHA256.HashData(_disk));
        await using var server = await FileServer.StartAsync(FileServer.Good(_disk));
        (await ObtainAsync($"\"image\": \"{server.File}\", \"sha256\": \"{digest}\"")).Sha256.ShouldBe(digest);
    }

    [Fact]
    public async Task A_file_with_another_digest_is_told()
    {
        Put("lab.raw", _disk);
        var error = await Should.ThrowAsync<ContainerHostException>(
            ObtainAsync($"\"image\": \"lab.raw\", \"sha256\": \"{new string('a', 64)}\"")
        );
        error.Saw.ShouldContain("instead of aaaa");
    }

    private async Task<BaseDisk> ObtainAsync(string image)
    {
        var catalog = Put(
            "catalog.json",
            $$"""{ "schemaVersion": 1, "images": [{ "guest": "lab", "title": "Ours", {{image}} }] }"""
        );
        var spec = new HostRequest { ["guest"] = "lab", ["catalog"] = catalog }.ToSpec();
        using var http = new HttpClient();
        var downloader = new Downloader(http, TimeProvider.System, Logger.None);
        var cache = new CacheFolder(In("cache"));
        var store = new BootMediaStore(cache, new ProcessRunner(), downloader, TimeProvider.System, Logger.None);
        return (BaseDisk)await store.ObtainAsync(new MediaRequest(spec), Token);
    }
}
