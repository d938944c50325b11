using System.Runtime.CompilerServices;
using ContainerHost.Errors;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Sweeps;

/// <summary>This machine's programs: a process that stands in for QEMU with all that is seen of it from outside, and disks of the real qemu-img where it is there.</summary>
internal sealed class StandInQemu(string folder, Ports ports) : IProcessRunner
{
    // What AcceleratorProbe's firmware makes QEMU end with.
    private const int ProbeProved = 33;

    private readonly ProcessRunner _real = new();

    private string Program => Path.Combine(folder, QemuArguments.Program);

    public static void Require() => RealTool.Require("python3");

    public async Task<CommandResult> RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (ports.Enter(Port.Process, $"{command.Program} {command.Arguments[0]}"))
        {
            case null:
                return await PassAsync(command, cancellationToken);
            case PortFault.Missing:
                throw new PrerequisitesMissingException(
                    $"run {command.Program}",
                    Ports.Told(PortFault.Missing),
                    "install it."
                );
            // What it did before is there, such as a daemon that has begun.
            case PortFault.Killed:
                await PassAsync(command, cancellationToken);
                return new CommandResult(137, "", "");
            case PortFault.Truncated:
                return new CommandResult(0, "", "");
            case { } fault:
                return new CommandResult(1, "", $"{command.Program}: {Ports.Told(fault)}\n");
        }
    }

    private async Task<CommandResult> PassAsync(Command command, CancellationToken cancellationToken)
    {
        if (command.Arguments.Contains("--version"))
            return new CommandResult(0, "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\n", "");
        if (command.Program == "qemu-img")
            return await MakeDiskAsync(command, cancellationToken);
        command.Program.ShouldBe(QemuArguments.Program);
        if (command.Arguments.Contains("isa-debug-exit,iobase=0xf4,iosize=1"))
            return command.Arguments.Contains("tcg")
                ? new CommandResult(ProbeProved, "", "")
                : new CommandResult(1, "", $"{command.Program}: Could not access KVM kernel module\n");
        Directory.CreateDirectory(folder);
        if (!File.Exists(Program))
            File.CreateSymbolicLink(Program, await Python.Value);
        var launch = new Command(Program, ["-I", "-S", ScriptBeside(), .. command.Arguments])
        {
            WorkingDirectory = command.WorkingDirectory,
            Environment = new Dictionary<string, string?>(command.Environment) { ["STANDIN"] = folder },
        };
        return await _real.RunAsync(launch, cancellationToken);
    }

    private async Task<CommandResult> MakeDiskAsync(Command command, CancellationToken cancellationToken)
    {
        if (RealTool.IsThere(command.Program))
            return await _real.RunAsync(command, cancellationToken);
        await File.WriteAllTextAsync(command.Arguments[^2], "a disk", cancellationToken);
        return new CommandResult(0, "", "");
    }

    // What the PATH has may be a script that starts it.
    private static readonly Lazy<Task<string>> Python = new(async () =>
        (await RealTool.RunAsync(new Command("python3", "-c", "import sys; print(sys.executable)"))).Trim()
    );

    private static string ScriptBeside([CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "stand-in-qemu.py");
}
