using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Verification.Checks;

/// <summary>A container has files, processes, a host name and an address of its own.</summary>
internal static class OwnWorldCheck
{
    private const string Name = "verify-own";
    private const string Script =
        "echo x >/only-in-the-container; echo marker=$(busybox cat /only-in-the-container); "
        + "[ -e /etc/debian_version ] && echo debian=yes || echo debian=no; "
        + "echo pid=$$; echo processes=$(busybox ps -o pid | busybox wc -l); echo name=$(busybox hostname); "
        + "echo address=$(busybox ip -4 -o addr show eth0 | busybox awk '{ sub(\"/.*\", \"\", $4); print $4 }')";

    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var output = Evidence.OutputOf(
            await context.Runtime.RunAsync(ContainerScript.Of(Name, Script), cancellationToken)
        );
        var leaked = await context.Shell.RunAsync(
            new Command("test", "-e", "/only-in-the-container"),
            cancellationToken
        );
        Evidence.Require(
            Evidence.Value(output, "marker") == "x" && Evidence.Value(output, "debian") == "no" && !leaked.Succeeded,
            "The container does not have a file system of its own.",
            output
        );
        Evidence.Require(
            Evidence.Value(output, "pid") == "1",
            "The container does not have processes of its own.",
            output
        );
        Evidence.Require(
            Evidence.Value(output, "name") == Name,
            "The container does not have a host name of its own.",
            output
        );
        var ofGuest = await context.System.GetAddressesAsync(context.Shell, cancellationToken);
        var address = Evidence.Value(output, "address");
        Evidence.Require(
            System.Net.IPAddress.TryParse(address, out _) && !ofGuest.Contains(address),
            "The container does not have an address of its own.",
            $"{output}guest's addresses: {string.Join(", ", ofGuest)}"
        );
        return output.Trim();
    }
}
