using ContainerHost.Guests;

namespace ContainerHost.Verification.Checks;

/// <summary>A clone has the identity that was made for it, and nothing else opens it.</summary>
internal static class IdentityCheck
{
    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var marks = context.Clone ?? throw new InvalidOperationException("only clones have this check");
        var seen = await context.Shell.RunScriptAsync(
            "Verification.Checks.tell-identity.sh",
            "read the guest's identity",
            cancellationToken,
            context.System.User
        );
        (string Key, string Expected, string What)[] all =
        [
            ("name", marks.Name, "a host name"),
            ("machine-id", marks.MachineId, "a machine id"),
            ("instance", marks.InstanceId, "an instance id for cloud-init"),
            ("mac", marks.Mac, "a MAC address"),
            ("keys", "1", "a list of authorized keys"),
            ("key", marks.ClientKey, "an authorized key"),
            ("host-keys", "1", "a list of host keys"),
            ("host-key", marks.HostKey, "a host key"),
        ];
        foreach (var (key, expected, what) in all)
            Evidence.Require(
                Evidence.Value(seen, key) == expected,
                $"The clone does not have {what} of its own.",
                $"{seen}expected: {key}={expected}"
            );
        return seen.Trim();
    }
}
