namespace ContainerHost.Guests.Debian;

/// <summary>What keeps the kernel of an emulated guest from patching itself while virtual machines and containers run in it (docs/adr/0022-keys-held.md).</summary>
internal static class HeldKeys
{
    /// <summary>Sees to it, from now on and at each boot; nothing where the guest is not emulated.</summary>
    public static Task HoldAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "keep an emulated guest's kernel from patching itself";
        return shell.RunScriptAsync("Guests.Scripts.hold-keys.sh", attempted, cancellationToken);
    }
}
