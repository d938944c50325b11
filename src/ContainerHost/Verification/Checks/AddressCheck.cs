namespace ContainerHost.Verification.Checks;

/// <summary>The guest has a valid IPv4 address, and this machine's own connection arrives at it.</summary>
internal sealed class AddressCheck : ICheck
{
    public string Id => "address";

    public string Title => "A valid IPv4 address, reached from this machine";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var addresses = await context.System.GetAddressesAsync(context.Shell, cancellationToken);
        var sockets = await context.System.GetConnectionsAsync(context.Shell, cancellationToken);
        var seen = $"addresses: {string.Join(", ", addresses)}\nconnections:\n{sockets}";
        Evidence.Require(addresses.Count > 0, "The guest has no usable IPv4 address.", seen);
        var reached = addresses.FirstOrDefault(address => sockets.Contains($"{address}:22", StringComparison.Ordinal));
        Evidence.Require(reached is not null, "This machine's connection does not end at the guest's address.", seen);
        return $"{reached}, reached from this machine through {context.Access.Place}";
    }
}
