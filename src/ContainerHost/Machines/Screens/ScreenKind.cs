namespace ContainerHost.Machines.Screens;

/// <summary>What a screen shows while a medium starts.</summary>
internal enum ScreenKind
{
    /// <summary>Nothing.</summary>
    Blank,

    /// <summary>A line or two of text at the top: the loader asks for a key.</summary>
    Prompt,

    /// <summary>Anything else: a logo, a menu, a desktop.</summary>
    Busy,
}
