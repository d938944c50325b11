namespace ContainerHost.AnswerFiles;

/// <summary>The answer medium that sets a guest up unattended: a written ISO image, and a hash of what it says.</summary>
internal sealed record SeedMedia(string IsoPath, string Fingerprint);
