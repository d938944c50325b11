using ContainerHost.Runtimes;

namespace ContainerHost.Verification.Checks;

/// <summary>The checks that are the same for every guest, since its system and its runtime say what differs.</summary>
internal static class GuestChecks
{
    public static async Task<string> LoginAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var access = context.Access;
        await context.Guests.ProvePasswordAsync(access, context.Password, context.Host, cancellationToken);
        var license = await context.System.DescribeLicenseAsync(context.Shell, cancellationToken);
        var login = $"logged in as {access.User} with the password at {access.Place}{access.Evidence}";
        return string.Join('\n', new[] { login, context.Clock, license }.Where(line => line.Length > 0));
    }

    /// <summary>The guest has a valid IPv4 address, and this machine's own connection arrives at it.</summary>
    public static async Task<string> AddressAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var addresses = await context.System.GetAddressesAsync(context.Shell, cancellationToken);
        var sockets = await context.System.GetConnectionsAsync(context.Shell, cancellationToken);
        var seen = $"addresses: {string.Join(", ", addresses)}\nconnections:\n{sockets}";
        Evidence.Require(addresses.Count > 0, "The guest has no usable IPv4 address.", seen);
        var reached = addresses.FirstOrDefault(address => sockets.Contains($"{address}:22", StringComparison.Ordinal));
        Evidence.Require(reached is not null, "This machine's connection does not end at the guest's address.", seen);
        var network = await WayOut.DescribeAsync(context, cancellationToken);
        return $"{reached}, reached from this machine through {context.Access.Place}\n{network}";
    }

    public static Task<string> NestedAsync(CheckContext context, CancellationToken cancellationToken) =>
        context.System.ProveNestedAsync(context.Shell, cancellationToken);

    /// <summary>What the checks' image prints by its own command.</summary>
    public static async Task<string> GreetAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var hello = new ContainerRun { Name = "verify-hello", Image = CheckContext.Image };
        var greeting = await context.RunAsync(hello, cancellationToken);
        const string problem = "The image's own command did not print its greeting.";
        Evidence.Require(greeting.Trim() == "Hello, world", problem, greeting);
        return greeting;
    }

    public static async Task<string> RuntimeAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var info = await context.Runtime.InspectAsync(cancellationToken);
        return $"{info.Kind} {info.Version}, {info.ServiceUnit} is active";
    }
}
