using ContainerHost.Processes;

namespace ContainerHost.Guests;

/// <summary>
/// A log in a guest: what it is of, a line for the guest's shell that shows its end, and the command that shows the last ten lines, as tail and
/// journalctl do, and whatever comes until its standard input ends; null where that one cannot be had.
/// </summary>
internal sealed record GuestLog(string Name, string Line, Command? Following = null);
