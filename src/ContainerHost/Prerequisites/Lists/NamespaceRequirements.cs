using System.Globalization;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>The namespaces in which the Debian guest is built: whoever builds it is root there, and not on this machine.</summary>
internal static class NamespaceRequirements
{
    private const string Helper = "uidmap";

    // nobody has the highest id of Debian's, and may own files.
    internal const string Probe = "mount -t tmpfs tmpfs /mnt && touch /mnt/file && chown 65534:65534 /mnt/file";

    private static readonly (string Setting, string Off, string On)[] Settings =
    [
        ("user/max_user_namespaces", "0", "user.max_user_namespaces=10000"),
        ("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
        // Ubuntu since 23.10: such a namespace may be made, and nothing done in it.
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns=0"),
    ];

    public static IEnumerable<RequirementCheck> For(LocalMachine machine) =>
        machine.IsRoot ? [Namespaces(machine, [])] : [Mapping(machine), Namespaces(machine, [Helper])];

    private static RequirementCheck Mapping(LocalMachine machine) =>
        new(
            new Requirement
            {
                Id = Helper,
                Title = "newuidmap, which lets a user have subordinate ids",
                How = "'newuidmap' is run.",
                Needed = "any version",
                Fix = "install the package uidmap.",
                AptPackages = ["uidmap"],
            },
            async token =>
                await machine.TryRunAsync(new Command("newuidmap"), token) is null
                    ? new Finding(false, "newuidmap is not there")
                    : new Finding(true, "newuidmap")
        );

    private static RequirementCheck Namespaces(LocalMachine machine, IReadOnlyList<string> needed) =>
        new(
            new Requirement
            {
                Id = "namespaces",
                Title = "Namespaces, to build the guest in",
                How = "In new ones (unshare) a file system is mounted and a file given to another user.",
                Needed = machine.IsRoot ? "the right to mount" : "user namespaces and 65536 subordinate ids",
                Fix = "bring a ready disk with --disk-image.",
                DependsOn = needed,
            },
            async token =>
                await machine.TryRunAsync(Unshared.Of(new Command("sh", "-c", Probe), machine.IsRoot), token) switch
                {
                    null => new Finding(false, "unshare is not there", Fix: "install the package util-linux."),
                    { Succeeded: true } => new Finding(true, machine.IsRoot ? "root" : "by subordinate ids"),
                    { } old when old.StandardError.Contains("unrecognized option", StringComparison.Ordinal) =>
                        new Finding(
                            false,
                            "unshare has no --map-auto: util-linux is older than 2.38",
                            Fix: "run it as root, or bring a ready disk with --disk-image."
                        ),
                    var failed => new Finding(false, failed.LastLines(1), Fix: Advice(machine)),
                }
        );

    private static string Advice(LocalMachine machine)
    {
        if (machine.IsRoot)
            return "allow this machine to mount: a container needs CAP_SYS_ADMIN, as docker run --privileged gives it.";
        var setting = Settings.FirstOrDefault(one =>
            Path.Combine(machine.ProcDirectory, "sys", one.Setting) is var path
            && File.Exists(path)
            && File.ReadAllText(path).Trim() == one.Off
        );
        return "have an administrator run: "
            + (setting.On is { } on ? $"sudo sysctl -w {on}" : Ids(machine))
            + "; root needs none of this.";
    }

    private static string Ids(LocalMachine machine)
    {
        var first = Math.Max(FirstFree(machine, "subuid"), FirstFree(machine, "subgid"));
        var ids = $"{first}-{first + 65535}";
        return PosixShell.Quote(["sudo", "usermod", "--add-subuids", ids, "--add-subgids", ids, Environment.UserName]);
    }

    // Lines are name:first:count (subuid(5)).
    private static long FirstFree(LocalMachine machine, string file) =>
        (Path.Combine(machine.EtcDirectory, file) is var path && File.Exists(path) ? File.ReadLines(path) : [])
            .Select(line => line.Split(':'))
            .Where(words => words.Length == 3)
            .Select(words => Number(words[1]) + Number(words[2]))
            .Append(100000)
            .Max();

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
