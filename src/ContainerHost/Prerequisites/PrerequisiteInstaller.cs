using ContainerHost.Errors;
using ContainerHost.Processes;
using Serilog;

namespace ContainerHost.Prerequisites;

/// <summary>Installs Debian packages with apt-get, as root or through <c>sudo -n</c>.</summary>
internal sealed class PrerequisiteInstaller(IProcessRunner processes, ILogger log)
{
    // apt-get refuses where another works on its lists, as another host of a lab does.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    internal LocalMachine Machine { get; init; } = new(processes);

    /// <summary>Installs the packages; the package lists are fetched first where there are none, or after a first failure.</summary>
    /// <exception cref="PrerequisitesMissingException">The packages could not be installed.</exception>
    public async Task InstallAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        if (packages.Count == 0)
            return;
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            await InstallAloneAsync(packages, cancellationToken);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private async Task InstallAloneAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        var privilege = await Machine.FindPrivilegeAsync(cancellationToken);
        if (privilege == Privilege.None)
            throw Failed(packages, privilege, "this user is not root, and 'sudo -n true' does not work");
        var fresh = !AptCommand.HasLists(Machine);
        if (fresh)
            await UpdateAsync();
        var result = await RunAsync(AptCommand.Install(privilege, packages));
        if (!result.Succeeded && !fresh)
        {
            // Old lists name versions that the archive has no more.
            await UpdateAsync();
            result = await RunAsync(AptCommand.Install(privilege, packages));
        }
        Need(result, "apt-get install");

        async Task UpdateAsync() => Need(await RunAsync(AptCommand.Update(privilege)), "apt-get update");

        Task<CommandResult> RunAsync(Command command)
        {
            cancellationToken.ThrowIfCancellationRequested();
            log.Information("Running: {Command}", command);
            // A killed dpkg leaves this machine's packages half-configured; who cancels waits for its end.
            return processes.RunAsync(command, CancellationToken.None, line => log.Verbose("{Line}", line));
        }

        void Need(CommandResult result, string what)
        {
            if (result.Succeeded)
                return;
            var saw = $"{what} ended with exit code {result.ExitCode}:\n{result.LastLines(12)}";
            throw Failed(packages, privilege, saw);
        }
    }

    private PrerequisitesMissingException Failed(IReadOnlyList<string> packages, Privilege privilege, string saw) =>
        new(
            "install what the host needs",
            saw,
            $"run it by hand: {AptCommand.ForPeople(packages, privilege, Machine)}\n"
                + "on a system without apt-get, install the same with its own package manager."
        );
}
