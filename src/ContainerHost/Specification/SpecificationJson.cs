using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerHost.Files;

namespace ContainerHost.Specification;

/// <summary>How the product's JSON files are written: camelCase, indented, enumerations by name, our small types as their text.</summary>
public static class SpecificationJson
{
    /// <summary>The options for every file of ours.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters =
            {
                new JsonStringEnumConverter(),
                new TextJsonConverter<HostName>(text => HostName.TryParse(text, out var name) ? name : null),
                new TextJsonConverter<ByteSize>(text => ByteSize.TryParse(text, out var size) ? size : null),
                new TextJsonConverter<HostFolder>(path => new HostFolder(path), folder => folder.Path),
                new TextJsonConverter<VersionWish>(text => VersionWish.TryParse(text, out var wish) ? wish : null),
                new TextJsonConverter<PrivateNetwork>(text => PrivateNetwork.TryParse(text, out var net) ? net : null),
                new TextJsonConverter<PortForwards>(text => PortForwards.Read(text, [])),
                new TextJsonConverter<FolderMounts>(text => FolderMounts.Read(text, [])),
                new TextJsonConverter<ContainerSubnet>(text =>
                    ContainerSubnet.TryParse(text, out var net) ? net : null
                ),
                new TextJsonConverter<Guest>(GuestCatalog.Find, guest => guest.Id),
            },
        };
}
