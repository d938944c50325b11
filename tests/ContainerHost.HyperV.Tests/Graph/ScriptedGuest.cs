using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Tests.Programs;
using ContainerHost.Waiting;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>A Windows guest by script: features that want a reboot, services, containers of both kinds; and faults at any call.</summary>
internal sealed class ScriptedGuest : IGuestConnector, IGuestShell
{
    private readonly Dictionary<string, Func<IReadOnlyList<string>, string>> _scripts;
    private readonly HashSet<string> _features = [];
    private readonly HashSet<string> _pending = [];
    private readonly HashSet<string> _programs = [];
    private readonly HashSet<string> _services = [];

    private const string CtrVersion =
        "Client:\r\n  Version:  v2.1.4\r\n  Revision: x\r\n\r\nServer:\r\n  Version:  v2.1.4\r\n  Revision: x\r\n";

    public ScriptedGuest()
    {
        _scripts = new()
        {
            ["Guests.Windows.set-up-state.ps1"] = _ => """{"ready":true}""",
            ["Guests.Windows.forget-answers.ps1"] = _ => """{"left":[]}""",
            ["Guests.Windows.addresses.ps1"] = _ =>
                """{"addresses":["127.0.0.1","192.0.2.17"],"connections":["192.0.2.17:22 from 192.0.2.1"]}""",
            ["Guests.Windows.tell-clock.ps1"] = _ => $$"""{"ahead":{{Ahead * 1000}}}""",
            ["Guests.Windows.move-clock.ps1"] = MoveClock,
            ["Guests.Windows.grow.ps1"] = _ => "the volume has 81000M, 70000M of it free\r\n",
            ["Guests.Windows.boot-id.ps1"] = _ => $"boot {Boots} at 2026-01-01T00:00:0{Boots % 10}\r\n",
            ["Guests.Windows.license.ps1"] = _ => """{"evaluation":true,"status":1,"days":179}""",
            ["Guests.Windows.prove-nested.ps1"] = _ => "a virtual machine was started and is Running\r\n",
            ["Guests.Windows.install-features.ps1"] = words => InstallFeatures(words[0]),
            ["Runtimes.Windows.expand-release.ps1"] = Expand,
            ["Runtimes.Windows.configure-containerd.ps1"] = words => Configure("containerd", words),
            ["Runtimes.Windows.configure-docker.ps1"] = words => Configure("docker", words),
            ["Runtimes.Windows.wait-for-service.ps1"] = words =>
                _services.Contains(words[0]) ? "" : throw new InvalidOperationException($"no service {words[0]}"),
            ["Verification.Checks.Windows.guest-build.ps1"] = _ => $$"""{"build":{{Build}}}""",
            ["Verification.Checks.Windows.prepare-image.ps1"] = words => $"FROM {words[1]}\r\n",
            ["Verification.Checks.Windows.count-processes.ps1"] = words =>
                $$"""{"count":{{Containers.CountOnHost(words[0])}}}""",
            ["Verification.Checks.Windows.share-folders.ps1"] = words =>
                words[0] == "read" ? Containers.Written : Containers.Forget(),
            ["Verification.Checks.Windows.probe-world.ps1"] = _ => """{"file":false,"registry":false,"name":"LAB1"}""",
        };
    }

    public int Build { get; init; } = 20348;

    public ScriptedContainers Containers { get; } = new();

    /// <summary>What ran, in order: scripts by their names, programs by their words.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Files that were put in, by their paths there.</summary>
    public List<string> Uploads { get; } = [];

    /// <summary>Windows' features that are on; some are from the start where an image was applied with them.</summary>
    public IReadOnlyCollection<string> Features
    {
        get => _features;
        init => _features = [.. value];
    }

    public int Boots { get; private set; } = 1;

    /// <summary>True for a guest whose features want a reboot whenever they are asked.</summary>
    public bool NeverDone { get; set; }

    /// <summary>Says how a call fails; null for no fault.</summary>
    public Func<int, GuestFault?> Faults { get; set; } = _ => null;

    /// <summary>True while somebody holds a shell of it.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>By how many seconds its clock is ahead until it is set.</summary>
    public long Ahead { get; set; }

    public Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken)
    {
        IsHeld = true;
        return Task.FromResult<IGuestShell>(this);
    }

    public Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    )
    {
        access.User.ShouldBe("Administrator");
        password.ShouldNotBeEmpty();
        return Task.CompletedTask;
    }

    public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = GuestScript.IsPowerShell(command) ? NameOf(command) : command.ToString();
        if (Enter(name) is { } failure)
            return Task.FromResult(failure);
        try
        {
            if (command.Program.StartsWith(@"C:\Program Files", StringComparison.Ordinal))
                ProgramFacts.CheckProgram(command.Program, command.Arguments);
            var output =
                GuestScript.IsPowerShell(command) ? _scripts[name](command.Arguments)
                : command.Program == "shutdown.exe" ? Reboot()
                : command.Program == "cmd.exe" ? ""
                : command.Program.EndsWith("ctr.exe", StringComparison.Ordinal) ? CtrVersion
                : Containers.Run(command);
            return Task.FromResult(new CommandResult(0, output, ""));
        }
        catch (InvalidOperationException refused)
        {
            return Task.FromResult(new CommandResult(1, "", refused.Message));
        }
    }

    public Task UploadAsync(string localPath, string guestPath, UnixFileMode mode, CancellationToken cancellationToken)
    {
        if (Enter($"upload {guestPath}") is { } failure)
            throw Broken("copy a file into the guest", failure.StandardError);
        File.Exists(localPath).ShouldBeTrue();
        Uploads.Add(guestPath);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsHeld = false;
        return ValueTask.CompletedTask;
    }

    private string MoveClock(IReadOnlyList<string> milliseconds)
    {
        var words = milliseconds.Select(word => long.Parse(word, System.Globalization.CultureInfo.InvariantCulture));
        Ahead += words.Aggregate((forward, back) => forward - back) / 1000;
        return "";
    }

    private CommandResult? Enter(string name)
    {
        Calls.Add(name);
        switch (Faults(Calls.Count))
        {
            case GuestFault.Fails:
                return new CommandResult(1, "", "a fault of the test");
            case GuestFault.Lost:
                throw Broken($"run {name} in the guest", "the connection broke");
            case GuestFault.Stalls:
                var limit = TimeSpan.FromMinutes(5);
                throw new DeadlineException($"{name} ends in the guest", limit, "it still runs", "look at it.");
            case GuestFault.Reboots:
                Reboot();
                throw Broken($"run {name} in the guest", "the guest went away");
            default:
                return null;
        }
    }

    private string Reboot()
    {
        Boots++;
        _features.UnionWith(_pending);
        _pending.Clear();
        Containers.StopAll();
        return "";
    }

    private string InstallFeatures(string names)
    {
        var wanted = names.Split(',').Except(_features).ToList();
        _pending.UnionWith(wanted);
        return JsonSerializer.Serialize(new { restartNeeded = NeverDone || wanted.Count > 0 });
    }

    private string Expand(IReadOnlyList<string> words)
    {
        words.Count.ShouldBe(4);
        Uploads.ShouldContain(words[0]);
        _programs.Add(words[1]);
        return "";
    }

    private string Configure(string service, IReadOnlyList<string> words)
    {
        if (!_features.Contains("Containers"))
            throw new InvalidOperationException("the feature Containers is not on");
        _programs.ShouldContain(folder => folder.StartsWith(service, StringComparison.Ordinal));
        words[0].ShouldBe("172.16.0.0/24");
        _services.Add(service);
        Containers.HasHyperV = _features.Contains("Microsoft-Hyper-V");
        return "";
    }

    private string NameOf(Command command) =>
        _scripts.Keys.FirstOrDefault(name => EmbeddedText.Load(name) == command.StandardInput)
        ?? throw new InvalidOperationException($"no such script: {command.StandardInput[..60]}");

    private static ContainerHostException Broken(string attempted, string saw) => new(attempted, saw, "run it again.");
}
