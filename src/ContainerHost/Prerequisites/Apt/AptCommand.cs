using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Prerequisites.Apt;

/// <summary>The command lines of apt-get.</summary>
internal static class AptCommand
{
    private static readonly string[] InstallWords = ["apt-get", "install", "--yes", "--no-install-recommends"];

    /// <summary>The one line for an operator's terminal that installs the packages, where apt has no lists with them fetched first.</summary>
    public static string ForPeople(IReadOnlyList<string> packages, Privilege privilege, LocalMachine machine)
    {
        string[] asRoot = privilege == Privilege.Root ? [] : ["sudo"];
        var install = PosixShell.Quote([.. asRoot, .. InstallWords, .. packages]);
        return HasLists(machine) ? install : $"{PosixShell.Quote([.. asRoot, "apt-get", "update"])} && {install}";
    }

    public static Command Update(Privilege privilege) => Unattended(privilege, ["apt-get", "update"]);

    public static Command Install(Privilege privilege, IReadOnlyList<string> packages) =>
        // Other installations on this machine (unattended-upgrades, say) are waited for.
        Unattended(
            privilege,
            [.. InstallWords, "-o", $"DPkg::Lock::Timeout={TimeLimits.AptLock.TotalSeconds:0}", .. packages]
        );

    /// <summary>True when apt knows packages: a fresh container or cloud machine has none until its first update.</summary>
    public static bool HasLists(LocalMachine machine) =>
        Directory.Exists(machine.AptListsDirectory)
        && Directory.EnumerateFiles(machine.AptListsDirectory, "*_Packages*").Any();

    private static Command Unattended(Privilege privilege, IReadOnlyList<string> words)
    {
        var quietly = new Command("env", ["DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", .. words]);
        return privilege == Privilege.Root ? quietly : Sudo.Of(quietly);
    }
}
