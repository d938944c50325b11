namespace ContainerHost.HyperV.Simulator;

/// <summary>The words that Windows translates, in the languages that are simulated; nothing may depend on them.</summary>
internal static class Localised
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["Virtual Machine"] = ["Virtual Machine", "Máquina virtual", "Virtueller Computer"],
        ["Hosting Computer System"] = ["Hosting Computer System", "Sistema del equipo host", "Hostcomputersystem"],
        ["Network Adapter"] = ["Network Adapter", "Adaptador de red", "Netzwerkkarte"],
        ["Default Switch"] = ["Default Switch", "Conmutador predeterminado", "Standardswitch"],
        ["Processor"] = ["Processor", "Procesador", "Prozessor"],
        ["Memory"] = ["Memory", "Memoria", "Arbeitsspeicher"],
        ["Device"] = ["Device", "Dispositivo", "Gerät"],
        ["Job failed"] = ["'{0}' failed.", "Error en '{0}'.", "Fehler bei '{0}'."],
    };

    public static string Of(string language, string word) => Words[word][Array.IndexOf(["en", "es", "de"], language)];
}
