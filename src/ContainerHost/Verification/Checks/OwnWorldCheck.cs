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
        var output = await context.RunAsync(ContainerScript.Of(Name, Script), cancellationToken);
        var look = new Command("test", "-e", "/only-in-the-container");
        var leaked = (await context.Shell.RunAsync(look, cancellationToken)).Succeeded;
        var ownFiles = Evidence.Value(output, "marker") == "x" && Evidence.Value(output, "debian") == "no";
        Evidence.RequireOwn(ownFiles && !leaked, "a file system", output);
        Evidence.RequireOwn(Evidence.Value(output, "pid") == "1", "processes", output);
        Evidence.RequireOwn(Evidence.Value(output, "name") == Name, "a host name", output);
        var ofGuest = await context.System.GetAddressesAsync(context.Shell, cancellationToken);
        var address = Evidence.Value(output, "address");
        Evidence.RequireOwn(
            System.Net.IPAddress.TryParse(address, out _) && !ofGuest.Contains(address),
            "an address",
            $"{output}guest's addresses: {string.Join(", ", ofGuest)}"
        );
        return output.Trim();
    }
}
