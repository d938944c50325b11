using ContainerHost.Files;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;

namespace ContainerHost.Machines.HyperV;

/// <summary>What applying an image of Windows to a disk needs of this machine.</summary>
internal static class ApplyRequirement
{
    private static readonly string Script = EmbeddedText.Load("Machines.HyperV.apply-tools.ps1");

    public static RequirementCheck For(LocalMachine machine, string dependsOn) =>
        new(
            new Requirement
            {
                Id = "apply",
                Title = "DISM, bcdboot and Hyper-V on this machine, which make a disk of the medium",
                How = "This machine's PowerShell is asked whether it has them and is elevated.",
                Needed = "for --installation Apply",
                Fix =
                    "run the build elevated, and on a machine with Hyper-V and its PowerShell module ('Install-WindowsFeature Hyper-V -IncludeManagementTools -Restart'); or use --installation Setup.",
                DependsOn = [dependsOn],
            },
            async token =>
            {
                var said = await machine.Processes.RunAsync(new PowerShellJob(Script).ToCommand(), token);
                var lacks = said.StandardOutput.Trim();
                return said.Succeeded
                    ? new Finding(lacks.Length == 0, lacks.Length == 0 ? "there, and elevated" : lacks)
                    : new Finding(false, said.StandardError.Trim());
            }
        );
}
