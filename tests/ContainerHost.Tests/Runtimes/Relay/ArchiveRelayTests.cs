using System.Net;
using System.Net.Sockets;
using System.Text;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Networks;
using ContainerHost.Processes;
using ContainerHost.Runtimes.Relay;
using ContainerHost.Tests.Guests;
using ContainerHost.Tests.Media.Downloads;
using ContainerHost.Tests.Networks;
using Renci.SshNet;
using Serilog.Core;
using NetworkAccess = ContainerHost.Networks.NetworkAccess;

namespace ContainerHost.Tests.Runtimes.Relay;

/// <summary>The relay between Debian's own apt, with a folder of its own for a guest, and an archive that only a proxy with a password leads to.</summary>
public sealed class ArchiveRelayTests(SshServer server) : FolderTest, IClassFixture<SshServer>
{
    [Fact]
    public async Task Apt_gets_its_lists_through_it_and_a_second_guest_offline_gets_them_from_the_cache()
    {
        await using var archive = await ProxiedArchive.StartAsync(In("archive"));

        var first = await UpdateAsync("first", archive.Network());
        archive.Asked.ShouldContain(path => path.Contains("by-hash/SHA256/"));
        var asked = archive.Asked.Count;
        var second = await UpdateAsync("second", archive.Network(offline: true));

        first.ExitCode.ShouldBe(0, first.StandardError);
        // Apt asks for InRelease first, which this archive lacks; of that no answer is kept.
        second.ExitCode.ShouldBe(0, second.StandardError);
        archive.Asked.Count.ShouldBe(asked);
        (await AptAsync("second", "apt-cache", "policy", "tool")).StandardOutput.ShouldContain("Candidate: 1.0");
    }

    [Fact]
    public async Task Offline_with_an_empty_cache_apt_tells_why()
    {
        await using var archive = await ProxiedArchive.StartAsync(In("archive"));

        var update = await UpdateAsync("first", archive.Network(offline: true));

        update.StandardError.ShouldContain("is not kept, and --offline was given");
        archive.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_is_no_archive_of_the_guest_is_refused()
    {
        await using var archive = await ProxiedArchive.StartAsync(In("archive"));
        await using var relay = Relay(archive.Network(), "http://other.invalid/");

        var answer = await GetAsync(
            new Uri(relay.AddressAt(relay.Port)),
            new Uri($"http://{ProxiedArchive.Host}/debian/Release")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        archive.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guest_that_hangs_up_ends_nothing_but_its_own_connection()
    {
        await using var archive = await ProxiedArchive.StartAsync(In("archive"));
        var relay = Relay(archive.Network(), $"http://{ProxiedArchive.Host}/debian/");
        foreach (var said in (string[])["", "GET http", "GET / HTTP/1.1\r\nProxy-Authorization: x\r\n\r\n"])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, relay.Port, Token);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(said), Token);
        }

        var answer = await GetAsync(
            new Uri(relay.AddressAt(relay.Port)),
            new Uri($"http://{ProxiedArchive.Host}/debian/Release")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await relay.DisposeAsync();
    }

    [Fact]
    public async Task A_port_whose_connection_is_gone_is_let_go_without_a_word()
    {
        server.Start();
        using var key = new PrivateKeyFile(server.Access.ClientKeyPath);
        var method = new PrivateKeyAuthenticationMethod(server.Access.User, key);
        var shell = await SshGuestShell.ConnectAsync(server.Access, method, "lab1", Token);
        var port = await shell.ForwardAsync(1, Token);

        await shell.DisposeAsync();

        Should.NotThrow(port!.Dispose);
    }

    [Fact]
    public async Task Without_its_password_nothing_comes_through()
    {
        await using var archive = await ProxiedArchive.StartAsync(In("archive"));
        await using var relay = Relay(archive.Network(), $"http://{ProxiedArchive.Host}/debian/");

        var answer = await GetAsync(
            new Uri($"http://guest:guess@127.0.0.1:{relay.Port}"),
            new Uri($"http://{ProxiedArchive.Host}/debian/Release")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.ProxyAuthenticationRequired);
        archive.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secure_archive_is_reached_through_a_tunnel_that_nobody_looks_into()
    {
        var authority = new TestAuthority();
        using var certificate = authority.Sign("127.0.0.1");
        await using var secure = await FileServer.StartAsync(certificate, [FileServer.Good([1, 2, 3])]);
        var network = new LocalNetwork(new NetworkAccess { CaFile = Put("ca.pem", authority.Pem) });
        await using var relay = Relay(network, $"{secure.Folder}");

        var handler = network.NewHandler();
        handler.Proxy = new WebProxy(new Uri(relay.AddressAt(relay.Port)));
        (handler.Proxy.Credentials, handler.UseProxy) = (CredentialsOf(relay.AddressAt(relay.Port)), true);
        using var http = new HttpClient(handler);

        (await http.GetByteArrayAsync(secure.File, Token)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Through_a_real_SSH_server_a_guest_reaches_it_by_a_port_of_its_own()
    {
        server.Start();
        await using var archive = await ProxiedArchive.StartAsync(In("archive"));
        await using var relay = Relay(archive.Network(), $"http://{ProxiedArchive.Host}/debian/");
        using var key = new PrivateKeyFile(server.Access.ClientKeyPath);
        var method = new PrivateKeyAuthenticationMethod(server.Access.User, key);
        await using var shell = await SshGuestShell.ConnectAsync(server.Access, method, "lab1", Token);

        using var port = await shell.ForwardAsync(relay.Port, Token);

        port!.Number.ShouldNotBe(relay.Port);
        var answer = await GetAsync(
            new Uri(relay.AddressAt(port.Number)),
            new Uri($"http://{ProxiedArchive.Host}/debian/Release")
        );
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("Acquire-By-Hash");
    }

    [Fact]
    public async Task Archives_are_listed_before_their_lists_are_there_and_behind_a_file_of_mirrors()
    {
        Prepare("guest", ProxiedArchive.Source + $"deb mirror+file://{In("mirrors.list")} stable main\n");
        Put("mirrors.list", "# of the cloud\nhttps://mirror.invalid/debian\tpriority:1\n");
        var script = Put("list.sh", EmbeddedText.Load("Runtimes.Relay.list-archives.sh"));

        var listed = await AptAsync("guest", "sh", script);

        listed
            .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe([$"http://{ProxiedArchive.Host}/debian/", "https://mirror.invalid/debian"], ignoreOrder: true);
    }

    private ArchiveRelay Relay(LocalNetwork network, params string[] places) =>
        new(network, Files(network), places.Select(place => new Uri(place)));

    private ArchiveFiles Files(LocalNetwork network)
    {
        var cache = new CacheFolder(In("cache"));
        var http = new HttpClient(network.NewHandler());
        var options = new DownloadOptions { Offline = network.Offline, Proxy = network.Proxy };
        var artifacts = new HttpArtifactCache(
            cache,
            new Downloader(http, TimeProvider.System, Logger.None, options),
            TimeProvider.System
        );
        return new ArchiveFiles(network, artifacts, cache);
    }

    private async Task<CommandResult> UpdateAsync(string guest, LocalNetwork network)
    {
        Prepare(guest, ProxiedArchive.Source);
        var files = Files(network);
        var relay = new ArchiveRelay(network, files, [new Uri($"http://{ProxiedArchive.Host}/debian/")]);
        await using var way = new GuestRelay(relay, files, null, network.Offline);
        var settings = Put("relay.conf", way.AptSettings);
        return await AptAsync(guest, "apt-get", "-c", settings, "-o", "APT::Update::Error-Mode=any", "update");
    }

    private void Prepare(string guest, string sources)
    {
        RealTool.Require("apt-get");
        Put(Path.Combine(guest, "etc", "sources.list"), sources);
        Put(Path.Combine(guest, "status"), "");
        foreach (
            var folder in (string[])["lists", "cache", "etc/apt.conf.d", "etc/preferences.d", "etc/sources.list.d"]
        )
            Directory.CreateDirectory(In(guest, folder));
        Put(
            Path.Combine(guest, "apt.conf"),
            $"""
            Dir::Etc "{In(guest, "etc")}";
            Dir::State::lists "{In(guest, "lists")}";
            Dir::State::status "{In(guest, "status")}";
            Dir::Cache "{In(guest, "cache")}";
            APT::Sandbox::User "";
            Acquire::http::Proxy::{ProxiedArchive.Host} "DIRECT";
            Acquire::http::Proxy-Auto-Detect "/bin/false";
            Acquire::ForceIPv6 "true";
            #clear APT::Update;
            #clear DPkg;
            """
        );
    }

    private Task<CommandResult> AptAsync(string guest, string program, params string[] words) =>
        new ProcessRunner().RunAsync(
            new Command(program, words)
            {
                Environment = new Dictionary<string, string?>
                {
                    ["APT_CONFIG"] = In(guest, "apt.conf"),
                    ["LC_ALL"] = "C",
                    ["no_proxy"] = null,
                },
            },
            Token
        );

    private static async Task<HttpResponseMessage> GetAsync(Uri proxy, Uri target)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { Proxy = new WebProxy(proxy) { Credentials = CredentialsOf($"{proxy}") } }
        );
        return await http.GetAsync(target, Token);
    }

    private static NetworkCredential CredentialsOf(string address)
    {
        var words = new Uri(address).UserInfo.Split(':');
        return new NetworkCredential(words[0], words[1]);
    }
}
