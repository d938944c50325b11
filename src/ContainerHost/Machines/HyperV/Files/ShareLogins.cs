using System.ComponentModel;
using System.Runtime.InteropServices;
using ContainerHost.Errors;

namespace ContainerHost.Machines.HyperV.Files;

/// <summary>Logs this session in at the shares of another Windows as the user that was given; without one, Windows does so as whoever runs the build.</summary>
internal sealed class ShareLogins(string? user, string? password)
{
    // winnetwk.h and winerror.h.
    private const int AnyResource = 0;
    private const int Temporary = 4;
    private const int AlreadyAssigned = 85;
    private const int OtherCredentials = 1219;

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Logs in at the share of a path such as <c>\\HOST\D$\VMs</c>, once.</summary>
    /// <exception cref="ContainerHostException">The host refuses, or this session is logged in there as somebody else.</exception>
    public void LogIn(string path)
    {
        if (user is null || !OperatingSystem.IsWindows() || ShareOf(path) is not { } share)
            return;
        lock (_known)
        {
            if (_known.Contains(share))
                return;
        }
        var resource = new NetResource { Type = AnyResource, RemoteName = share };
        var code = WNetAddConnection2(resource, password, UserAt(share), Temporary);
        if (code is 0 or AlreadyAssigned)
        {
            lock (_known)
                _known.Add(share);
            return;
        }
        throw new ContainerHostException(
            $"log in at {share} as {user}",
            $"{new Win32Exception(code).Message} (error {code})",
            code == OtherCredentials
                ? $"log out there first ('net use {share} /delete'): Windows has one user a host and session."
                : $"see that File and Printer Sharing is on there, and that {user} is an administrator of that host."
        );
    }

    /// <summary>The share of a path; null for a path that has none.</summary>
    internal static string? ShareOf(string path)
    {
        var words = path.Split('\\');
        return words is ["", "", { Length: > 0 }, { Length: > 0 }, ..] ? $@"\\{words[2]}\{words[3]}" : null;
    }

    // A bare name is one of that host, as it is for the CIM session.
    private string UserAt(string share) =>
        user!.Contains('\\', StringComparison.Ordinal) || user.Contains('@', StringComparison.Ordinal)
            ? user
            : $@"{share.Split('\\')[2]}\{user}";

    [DllImport("mpr.dll", CharSet = CharSet.Unicode, EntryPoint = "WNetAddConnection2W")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int WNetAddConnection2(NetResource resource, string? password, string? user, int flags);

    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private sealed class NetResource
    {
        public int Scope;
        public int Type;
        public int DisplayType;
        public int Usage;
        public string? LocalName;
        public string? RemoteName;
        public string? Comment;
        public string? Provider;
    }
}
