using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.MicroVms;

/// <summary>VM isolation by QEMU's microvm machine under the guest's own KVM, with the guest's kernel and the container's files over virtiofs.</summary>
internal sealed class MicroVmIsolation(IGuestShell shell)
{
    public static readonly IReadOnlyList<string> Packages =
    [
        "qemu-system-x86",
        // Part of QEMU's own packages before it became a project of its own.
        "virtiofsd|debian 13|ubuntu 24.04",
        "busybox-static",
        "cpio",
    ];

    /// <summary>Boots a VM on a mounted root file system, runs the image's command in it, and returns what it left.</summary>
    public async Task<ContainerResult> RunAsync(
        ContainerRun run,
        ImageConfig image,
        string rootFolder,
        CancellationToken cancellationToken
    )
    {
        // Its first process runs the command, and knows no other user.
        if (image.User.Split(':')[0] is not ("" or "0" or "root"))
            throw new ContainerHostException(
                $"run container '{run.Name}' in a virtual machine of its own",
                $"the image runs as user '{image.User}', and a micro VM runs everything as root",
                "use --vm-isolation Kata, or prove it with --isolation Process."
            );
        var said = await shell.RunScriptAsync(
            "Runtimes.MicroVms.micro-vm.py",
            $"run container '{run.Name}' in a virtual machine of its own",
            TimeLimits.MicroVmCommand,
            cancellationToken,
            Job(run, image, rootFolder),
            GuestScript.Load("Runtimes.MicroVms.init.sh").Text,
            run.Probe is null ? "" : GuestScript.Load("Runtimes.probe-http.py").Text
        );
        return GuestScript.ReadAnswer<ContainerResult>(said);
    }

    private static string Job(ContainerRun run, ImageConfig image, string rootFolder) =>
        JsonSerializer.Serialize(
            new
            {
                run.Name,
                Root = rootFolder,
                HostName = run.HostName ?? run.Name,
                image.Command,
                image.Environment,
                image.WorkingDirectory,
                Shares = run.SharedFolders,
                run.Probe,
                TimeLimitSeconds = TimeLimits.MicroVm.TotalSeconds,
            },
            SpecificationJson.Options
        );
}
