using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ContainerHost.Files;

/// <summary>The rights on Windows that are for a folder what mode 0700 is on Unix.</summary>
internal static class ClosedAccess
{
    /// <summary>
    /// Full control for one user, the system and administrators, handed down to files and folders (OICI); nothing comes from the folder above (P). As
    /// https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format and .../ace-strings have it.
    /// </summary>
    public static string DescriptorFor(string userSid) => $"D:P(A;OICI;FA;;;{userSid})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    /// <summary>Makes the folder so, or closes one that is there and has its rights from above.</summary>
    [SupportedOSPlatform("windows")]
    public static void Make(string path)
    {
        using var user = WindowsIdentity.GetCurrent();
        var security = new DirectorySecurity();
        security.SetSecurityDescriptorSddlForm(DescriptorFor($"{user.User}"), AccessControlSections.Access);
        var folder = new DirectoryInfo(path);
        // Those above keep their rights.
        folder.Parent?.Create();
        if (!folder.Exists)
            folder.Create(security);
        else if (!folder.GetAccessControl(AccessControlSections.Access).AreAccessRulesProtected)
            folder.SetAccessControl(security);
    }
}
