using System.Text.Json.Nodes;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Verification;

/// <summary>A runtime that keeps containers in memory, and answers runs by a script.</summary>
internal sealed class FakeRuntime : IContainerRuntime
{
    private readonly Dictionary<string, bool> _containers = [];

    public Func<ContainerRun, ContainerResult> Run { get; set; } = _ => new ContainerResult(0, "", "");

    /// <summary>Containers of these names are never really removed.</summary>
    public HashSet<string> Stuck { get; } = [];

    public Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken) =>
        InspectAsync(cancellationToken);

    public Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new RuntimeInfo(RuntimeKind.Containerd, "1.6", "containerd.service", []));

    public Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task RemoveImageAsync(string image, CancellationToken cancellationToken)
    {
        Images.Remove(image);
        return Task.CompletedTask;
    }

    /// <summary>What is in it, by the name under which it was taken in.</summary>
    public HashSet<string> Images { get; } = [];

    public async Task LoadImageAsync(string archive, CancellationToken cancellationToken)
    {
        var tar = await RealTool.RunAsync("tar", "-x", "-O", "-f", archive, "manifest.json");
        Images.Add(JsonNode.Parse(tar)![0]!["RepoTags"]![0]!.GetValue<string>());
    }

    public Task<PulledImage> PullImageAsync(string reference, CancellationToken cancellationToken)
    {
        Images.Add(reference);
        var id = $"sha256:{new string('1', 64)}";
        return Task.FromResult(new PulledImage(id, id, "linux", "amd64", 7, [(id, 7)], ["/bin/app"], ["/bin/app"]));
    }

    public Task<string> GetAddressAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Address);

    public string Address { get; set; } = "10.88.0.5";

    public Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken) =>
        Task.FromResult(Run(run));

    public Task CreateAsync(ContainerRun run, CancellationToken cancellationToken) => Set(run.Name, running: false);

    public Task StartAsync(string name, CancellationToken cancellationToken) => Set(name, running: true);

    public Task<CommandResult> ExecuteAsync(
        string name,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    ) => Task.FromResult(new CommandResult(0, $"{command[^1].Split(' ')[^1]}\n", ""));

    public Task StopAsync(string name, CancellationToken cancellationToken) => Set(name, running: false);

    public Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if (!Stuck.Contains(name))
            _containers.Remove(name);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ContainerStatus>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ContainerStatus>>([
            .. _containers.Select(one => new ContainerStatus(one.Key, one.Value)),
        ]);

    private Task Set(string name, bool running)
    {
        _containers[name] = running;
        return Task.CompletedTask;
    }
}
