using System.Text.RegularExpressions;
using ContainerHost.Guests;
using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>A container has a registry, files, a host name and an address of its own.</summary>
internal static partial class WindowsWorldCheck
{
    private const string Name = "verify-own";
    private const string File = @"C:\only-in-the-container.txt";
    private const string Key = @"HKEY_LOCAL_MACHINE\SOFTWARE\ContainerHostProbe";
    private const string Line =
        $@"echo x>{File}& (if exist {File} echo file=yes)"
        + $"& (reg add {Key} /f >nul && reg query {Key} >nul && echo registry=yes)"
        + "& (for /f %a in ('hostname') do @echo name=%a)"
        + "& ipconfig";

    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var run = WindowsContainers.Of(Name, Line);
        var output = await context.RunAsync(run, cancellationToken);
        var said = await WindowsContainers.RunAsync(context, "probe-world.ps1", cancellationToken, File, Key);
        var guest = GuestScript.ReadAnswer<Guest>(said);
        var seen = $"{output.Trim()}\nguest: {said.Trim()}";
        var name = Evidence.Value(output, "name");
        Evidence.RequireOwn(Evidence.Value(output, "file") == "yes" && !guest.File, "a file system", seen);
        Evidence.RequireOwn(Evidence.Value(output, "registry") == "yes" && !guest.Registry, "a registry", seen);
        // Docker gives the name that was asked for; nerdctl leaves it to Windows.
        var isOwn = name.Length > 0 && !name.Equals(guest.Name, StringComparison.OrdinalIgnoreCase);
        Evidence.RequireOwn(isOwn, "a host name", seen);
        var ofGuest = await context.System.GetAddressesAsync(context.Shell, cancellationToken);
        var own = Ipv4().Matches(output).Select(match => match.Value).FirstOrDefault(UsableAddress.Is);
        var addresses = $"{seen}\nguest's addresses: {string.Join(", ", ofGuest)}";
        Evidence.RequireOwn(own is not null && !ofGuest.Contains(own), "an address", addresses);
        return seen;
    }

    // ipconfig's words are localised; its numbers are not, and the first is the address.
    [GeneratedRegex(@"(?<=: )\d{1,3}(?:\.\d{1,3}){3}")]
    private static partial Regex Ipv4();

    private sealed record Guest(bool File, bool Registry, string Name);
}
