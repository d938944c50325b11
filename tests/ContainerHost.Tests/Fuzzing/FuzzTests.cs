using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Build.Tests.Bootstrap;
using ContainerHost.AnswerFiles;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media.Releases;
using ContainerHost.Media.Wims;
using ContainerHost.Media.Windows;
using ContainerHost.Networks;
using ContainerHost.Specification;
using ContainerHost.Tests.Media.Windows;
using ContainerHost.Tests.Specification;

namespace ContainerHost.Tests.Fuzzing;

/// <summary>
/// Damaged input of every kind is read, or refused by an error that is told; never another exception, nor memory without end. CONTAINERHOST_FUZZ_SECONDS
/// goes on for longer than the fixed rounds, and seeds anew. What was found once lies in Regressions, and is read first.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output) : FolderTest
{
    private const int Rounds = 300;
    private const long MostMemory = 512 << 20;

    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("CONTAINERHOST_FUZZ_SECONDS") ?? "0", CultureInfo.InvariantCulture)
    );

    private static string Regressions => Path.Combine(Repository.Root, "tests/ContainerHost.Tests/Fuzzing/Regressions");

    [Theory]
    [InlineData("-udf")]
    [InlineData("-J")]
    [InlineData("-r")]
    public async Task Discs(string fileSystem)
    {
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022);
        var path = await TestMedium.MakeIsoAsync(Folder, tree, fileSystem);
        // Descriptors and folders lie in front.
        var seed = await File.ReadAllBytesAsync(path, Token);
        await FuzzAsync(
            $"disc{fileSystem}",
            [seed],
            async bytes =>
            {
                await File.WriteAllBytesAsync(path, bytes, Token);
                WindowsIsoReader.Read(path);
            }
        );
    }

    [Fact]
    public async Task Wims()
    {
        var tree = await TestMedium.MakeTreeAsync(Folder, TestMedium.Server2022);
        var seed = await File.ReadAllBytesAsync(Path.Combine(tree, "sources", "install.wim"), Token);
        await FuzzAsync(
            "wim",
            [seed, Deep(60_000)],
            bytes => WimFile.Read(new MemoryStream(bytes)),
            typeof(InvalidDataException)
        );

        byte[] Deep(int levels)
        {
            var xml = Encoding.Unicode.GetBytes(
                string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels))
            );
            var wim = seed[..208].ToArray();
            BitConverter.TryWriteBytes(wim.AsSpan(72), (long)xml.Length);
            BitConverter.TryWriteBytes(wim.AsSpan(80), 208L);
            return [.. wim, .. xml];
        }
    }

    [Fact]
    public Task Cloud_configs() =>
        FuzzAnswersAsync(
            "cloud-config",
            "--guest debian-12",
            "#cloud-config\nusers:\n  - name: bob\n    sudo: false\nruncmd:\n  - [echo, &a 'x', *a]\nwrite_files:\n  - path: /a\n    content: |\n      text\n",
            "Content-Type: multipart/mixed; boundary=\"==\"\nMIME-Version: 1.0\n\n--==\nContent-Type: text/cloud-config\n\n#cloud-config\na: 1\n\n--==--\n",
            "#!/bin/sh\necho hello\n",
            "## template: jinja\n#cloud-config\nhostname: {{ v1.x }}\n"
        );

    [Fact]
    public Task Windows_answer_files() =>
        FuzzAnswersAsync(
            "unattend",
            "--guest windows-server-2022 --accept-license",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <unattend xmlns="urn:schemas-microsoft-com:unattend">
              <settings pass="oobeSystem">
                <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">
                  <TimeZone>UTC</TimeZone>
                  <FirstLogonCommands><SynchronousCommand wcm:action="add"><Order>1</Order><CommandLine>cmd /c ver</CommandLine></SynchronousCommand></FirstLogonCommands>
                </component>
              </settings>
            </unattend>
            """
        );

    [Fact]
    public Task Lock_files() =>
        FuzzTextAsync(
            "host.lock.json",
            text => LockFile.ReadAsync(Put("lock", text), Token),
            """{ "schemaVersion": 1, "artifacts": [ { "name": "boot-media", "version": "0123456789ab", "origin": "apt:bookworm", "sha256": "00" } ] }"""
        );

    [Fact]
    public Task Files_of_hosts() =>
        FuzzTextAsync(
            "host.yaml",
            text =>
            {
                HostFile.Read(Put("host.yaml", text)).ToSpec();
                return Task.CompletedTask;
            },
            "# A host\nname: lab\ncpus: 2\n\"memory\": '3GiB'\nguest: >-\n  debian-13\nlocked: false\n",
            "{name: lab, \"cpus\": 2, checks: 'login,address'}"
        );

    [Fact]
    public async Task Hosts_states()
    {
        var store = new HostStore(Folder);
        var state = new HostState
        {
            Spec = Typed.Spec("--memory 768MiB --runtime Docker"),
            InstanceId = Guid.NewGuid(),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await store.SaveAsync(state, Token);
        var file = store.FolderOf(HostName.Default).State;
        await FuzzTextAsync(
            "host.json",
            text =>
            {
                File.WriteAllText(file, text);
                store.Load(HostName.Default);
                return Task.CompletedTask;
            },
            await File.ReadAllTextAsync(file, Token)
        );
    }

    [Fact]
    public async Task Machines_definitions()
    {
        var host = new HostFolder(Folder);
        var seeds = Directory
            .EnumerateFiles(
                Path.Combine(Repository.Root, "tests/ContainerHost.Tests/Hosts/Release01"),
                "machine.json",
                SearchOption.AllDirectories
            )
            .Select(File.ReadAllText)
            .ToArray();
        await FuzzTextAsync(
            "machine.json",
            async text =>
            {
                await File.WriteAllTextAsync(host.Machine, text, Token);
                await MachineFile.LoadAsync<QemuMachine>(host, Token);
            },
            seeds
        );
    }

    [Fact]
    public Task Checksum_lists() =>
        FuzzTextAsync(
            "checksums",
            text =>
            {
                ChecksumList.Find(text, "a.tar.gz");
                return Task.CompletedTask;
            },
            $"{new string('a', 64)}  a.tar.gz\n",
            $"SHA256 (a.tar.gz) = {new string('b', 64)}\n",
            new string('c', 64)
        );

    [Fact]
    public Task Requests_to_the_relay() =>
        FuzzAsync(
            "http",
            ["CONNECT host:443 HTTP/1.1\r\nHost: host\r\nProxy-Authorization: Basic eDp5\r\n\r\n"u8.ToArray()],
            async bytes => await HttpHead.ReadAsync(new MemoryStream(bytes), Token),
            typeof(IOException)
        );

    private Task FuzzAnswersAsync(string target, string request, params string[] seeds)
    {
        var spec = Typed.Spec(request);
        return FuzzAsync(
            target,
            seeds.Select(Encoding.UTF8.GetBytes),
            bytes => GuestKind.Of(spec.Guest).CheckAnswers(new AnswerFile("answers", bytes), spec)
        );
    }

    private Task FuzzTextAsync(string target, Func<string, Task> read, params string[] seeds) =>
        FuzzAsync(target, seeds.Select(Encoding.UTF8.GetBytes), bytes => read(Encoding.UTF8.GetString(bytes)));

    private Task FuzzAsync(string target, IEnumerable<byte[]> seeds, Action<byte[]> read, params Type[] told) =>
        FuzzAsync(
            target,
            seeds,
            bytes =>
            {
                read(bytes);
                return Task.CompletedTask;
            },
            told
        );

    private async Task FuzzAsync(string target, IEnumerable<byte[]> seeds, Func<byte[], Task> read, params Type[] told)
    {
        var whole = seeds.ToList();
        var folder = Path.Combine(Regressions, target);
        var found = Directory.Exists(folder) ? Directory.GetFiles(folder).Select(File.ReadAllBytes).ToList() : [];
        foreach (var input in whole.Concat(found))
            await ReadAsync(target, input, read, told);
        whole.AddRange(found);
        var end = DateTime.UtcNow + Longer;
        var seed = Longer == TimeSpan.Zero ? 1 : Environment.TickCount;
        var mutator = new Mutator(seed);
        var round = 0;
        for (; round < Rounds || DateTime.UtcNow < end; round++)
            await ReadAsync(target, mutator.Damage(whole[round % whole.Count]), read, told);
        output.WriteLine($"{target}: {found.Count} kept, {round} rounds from seed {seed}");
    }

    private static async Task ReadAsync(string target, byte[] input, Func<byte[], Task> read, Type[] told)
    {
        var before = GC.GetTotalAllocatedBytes();
        try
        {
            await read(input);
        }
        catch (Exception exception)
            when (exception is ContainerHostException || told.Any(type => type.IsInstanceOfType(exception)))
        {
            exception.Message.ShouldNotBeEmpty();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.GetType().Name} of {Keep(target, input)}", exception);
        }
        if (GC.GetTotalAllocatedBytes() - before > MostMemory)
            throw new InvalidOperationException($"more than {MostMemory} bytes of memory for {Keep(target, input)}");
    }

    // For whoever mends it: moved to Regressions it is read by every later run.
    private static string Keep(string target, byte[] input)
    {
        var name = $"{target}-{Convert.ToHexStringLower(SHA256.HashData(input))[..8]}";
        var path = Path.Combine(
            Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "fuzz")).FullName,
            name
        );
        File.WriteAllBytes(path, input);
        return path;
    }
}
