using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;

namespace ContainerHost.Verification.Checks;

/// <summary>The guest has a valid IPv4 address, and this machine's own connection arrives at it.</summary>
internal sealed class AddressCheck : ICheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public string Id => "address";

    public string Title => "A valid IPv4 address, reached from this machine";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var addresses = await DebianGuest.GetAddressesAsync(context.Shell, cancellationToken);
        // The address that our connection ends at, as the guest's kernel sees it.
        var sockets = await context.Shell.RunCheckedAsync(
            new Command("ss", "--no-header", "--tcp", "--numeric", "state", "established", "sport", "=", ":22"),
            "list the guest's connections",
            Limit,
            cancellationToken
        );
        var seen = $"addresses: {string.Join(", ", addresses)}\nconnections:\n{sockets.StandardOutput.Trim()}";
        Evidence.Require(addresses.Count > 0, "The guest has no usable IPv4 address.", seen);
        var reached = addresses.FirstOrDefault(address =>
            sockets.StandardOutput.Contains($"{address}:22", StringComparison.Ordinal)
        );
        Evidence.Require(reached is not null, "This machine's connection does not end at the guest's address.", seen);
        return $"{reached}, reached from this machine through {context.Access.Address}:{context.Access.Port}";
    }
}
