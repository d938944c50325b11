using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Machines;

/// <summary>Reads machines as release 0.1 wrote them: the kind of boot medium told by the fields it had, the guest by its family alone.</summary>
internal static class EarlierForm
{
    /// <summary>The definition in today's form; one that has it already is left as it is.</summary>
    public static JsonObject Upgrade(JsonObject machine, HostFolder folder)
    {
        if (machine["guest"] is not null)
            return machine;
        var boot = (JsonObject)machine["boot"]!;
        machine["guest"] = GuestOf(folder) ?? AnyOf(boot["family"]?.GetValue<string>());
        machine["boot"] = Boot(boot);
        return machine;
    }

    // The host's own state, which is written before any machine, has it in full; without it the host must still be removable.
    private static JsonNode? GuestOf(HostFolder folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(folder.State))?["spec"]?["guest"]?.DeepClone();
        }
        catch (Exception lost) when (lost is IOException or JsonException)
        {
            return null;
        }
    }

    private static JsonNode? AnyOf(string? family) =>
        GuestCatalog.All.FirstOrDefault(guest => guest.Family.Name == family)?.Id;

    private static JsonObject Boot(JsonObject was)
    {
        var (kind, parts) =
            was["installation"] is JsonObject medium ? ("installation", medium)
            : was["applied"] is JsonObject image ? ("applied", new JsonObject { ["image"] = image.DeepClone() })
            : (was["kernelPath"] is null ? "disk" : "kernel", []);
        // The serializer wants the kind first.
        var boot = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in was.Where(one => one.Key is not ("installation" or "applied")).Concat(parts))
            boot[name] = value?.DeepClone();
        return boot;
    }
}
