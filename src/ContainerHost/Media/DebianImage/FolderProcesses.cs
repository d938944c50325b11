using System.Globalization;
using ContainerHost.Processes;

namespace ContainerHost.Media.DebianImage;

/// <summary>Finds the processes that work on a folder whose name is its own: those with it in their arguments (proc(5)).</summary>
internal static class FolderProcesses
{
    public static IReadOnlyList<ProcessIdentity> Find(string folder) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && id != Environment.ProcessId && Names(id, folder))
                .Select(ProcessIdentity.Find)
                .OfType<ProcessIdentity>(),
        ];

    private static bool Names(int id, string folder)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
