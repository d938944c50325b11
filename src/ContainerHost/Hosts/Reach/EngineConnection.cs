using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Reach;

/// <summary>Has clients on this machine reach the engine of a host that runs.</summary>
internal sealed class EngineConnection(HostServices services, HostState state)
{
    private readonly HostName _name = state.Spec.Name;
    private readonly HostFolder _folder = services.Store.FolderOf(state.Spec.Name);
    private readonly IGuestSystem _system = GuestKind.Of(state.Spec.Guest).System;
    private readonly SshEntries _entries = new(services);

    public async Task<EngineAccess> OpenAsync(bool write, CancellationToken cancellationToken)
    {
        if (state.Runtime is not { Kind: var runtime } || runtime == RuntimeKind.None)
            throw Failed("it has no container runtime", $"'./build.sh InstallContainers --name {_name}' installs it.");
        var socket = _system.SocketOf(runtime);
        if (runtime != RuntimeKind.Docker && socket is null)
            throw Failed(
                $"{runtime} in this guest listens on a named pipe, which OpenSSH does not forward",
                $"run its clients there: './build.sh Shell --name {_name} --command \"nerdctl ps\"'."
            );
        var connection = new HostConnection(services, _folder, () => state);
        var entry = await connection.FindEntryAsync(cancellationToken);
        if (write)
            await _entries.WriteAsync(entry, cancellationToken);
        if (socket is not null)
        {
            await using var shell =
                await connection.ConnectAsItIsAsync(cancellationToken)
                ?? throw Failed("it does not answer over SSH", $"see './build.sh Logs --name {_name}'.");
            await _system.OpenEngineAsync(shell, socket, cancellationToken);
        }
        if (runtime == RuntimeKind.Docker && await _entries.FindsAsync(entry, cancellationToken))
            return await ByNameAsync(write, cancellationToken);
        if (socket is null || OperatingSystem.IsWindows())
            throw Failed(
                "nothing here leads to it: 'ssh NAME' does not find the host, and no socket can be forwarded",
                $"'./build.sh Connect --name {_name} --write' has ssh find it."
            );
        var path = await new EngineForward(services, _folder, state.InstanceId).EnsureAsync(
            entry,
            socket,
            cancellationToken
        );
        return runtime == RuntimeKind.Docker
            ? Access("DOCKER_HOST", $"unix://{path}", "through a socket, until the host is off")
            : Access("CONTAINERD_ADDRESS", path, "through a socket, until the host is off");
    }

    private async Task<EngineAccess> ByNameAsync(bool write, CancellationToken cancellationToken)
    {
        if (write)
            await new DockerContext(services, _folder).WriteAsync(cancellationToken);
        return Access("DOCKER_HOST", DockerContext.UrlOf(_name.Value), "by ssh");
    }

    private EngineAccess Access(string variable, string value, string how) =>
        new(
            new Dictionary<string, string> { [variable] = value },
            $"{variable} leads to the engine of '{_name}' {how}"
        );

    private ContainerHostException Failed(string saw, string tryThis) =>
        new("reach the guest's container engine", saw, tryThis, _name.Value);
}
