using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ContainerHost.AnswerFiles.Keys;
using ContainerHost.Guests;
using ContainerHost.Guests.Windows;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Guests;

/// <summary>A real OpenSSH server on 127.0.0.1, with keys of our making and PowerShell on its path; started, stopped and started again.</summary>
public sealed class SshServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly string _folder = Directory.CreateTempSubdirectory("sshd").FullName;
    private readonly Ed25519KeyPair _hostKey = Ed25519KeyPair.Generate("host");
    private readonly int _port = FreePort();
    private Process? _process;

    internal SshAccess Access =>
        new(new WindowsGuest(), "127.0.0.1", _port, Path.Combine(_folder, "client"), _hostKey.PublicKeyWithoutComment)
        {
            User = Environment.UserName,
        };

    /// <summary>Starts it, unless it is started.</summary>
    internal void Start()
    {
        if (_process is not null)
            return;
        Assert.SkipUnless(
            File.Exists(Program),
            "this machine has no sshd; './build.sh Test --install-prereqs' installs it"
        );
        var client = Ed25519KeyPair.Generate("client");
        Write("host", _hostKey.PrivateKey);
        Write("client", client.PrivateKey);
        Write("authorized", client.PublicKey + "\n");
        Write(
            "config",
            $"""
            ListenAddress 127.0.0.1:{_port}
            HostKey {_folder}/host
            AuthorizedKeysFile {_folder}/authorized
            PidFile {_folder}/pid
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            Subsystem sftp internal-sftp
            SetEnv PATH={_folder}/bin:{Pwsh.Folder}:{Environment.GetEnvironmentVariable("PATH")}

            """
        );
        // Whom the tests run as is who commands run as.
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        Write(
            "bin/sudo",
            executable: true,
            text: "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n"
        );
        Restart();
    }

    /// <summary>Ends every session, as a reboot does, and listens again.</summary>
    internal void Restart()
    {
        Stop();
        Directory.CreateDirectory("/run/sshd");
        _process = Process.Start(
            new ProcessStartInfo(Program, ["-D", "-e", "-f", Path.Combine(_folder, "config")])
            {
                RedirectStandardError = true,
            }
        );
        while (!_process!.HasExited && !Listens())
            Thread.Sleep(20);
    }

    /// <summary>Listens again at the same port with another key, as whoever took its place would.</summary>
    internal void ChangeHostKey()
    {
        Write("host", Ed25519KeyPair.Generate("another").PrivateKey);
        Restart();
    }

    /// <summary>Has its processes, sessions included, stand still; nothing that was sent to them is refused.</summary>
    internal void Freeze() => Processes().ForEach(id => Process.Start("kill", ["-STOP", $"{id}"]).WaitForExit());

    private List<int> Processes() =>
        [
            .. RunningProcess
                .List()
                .Where(process =>
                    process.Words[0].StartsWith("sshd", StringComparison.Ordinal) || process.Id == _process!.Id
                )
                .Where(process => process.Id == _process!.Id || IsBelow(process.Id, _process.Id))
                .Select(process => process.Id),
        ];

    // The fourth field is the parent (proc(5)), counted after the name, which may have blanks.
    private static bool IsBelow(int id, int above)
    {
        for (var at = id; at > 1; )
        {
            var stat = $"/proc/{at}/stat";
            if (!File.Exists(stat))
                return false;
            var text = File.ReadAllText(stat);
            at = int.Parse(
                text[(text.LastIndexOf(')') + 2)..].Split(' ')[1],
                System.Globalization.CultureInfo.InvariantCulture
            );
            if (at == above)
                return true;
        }
        return false;
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Stop()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process?.Dispose();
    }

    private bool Listens()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Write(string name, string text, bool executable = false)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        // OpenSSH refuses keys that others can read.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | (executable ? UnixFileMode.UserExecute : UnixFileMode.None)
            );
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
