using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Machines;

/// <summary>The file machine.json of a host: its machine as its hypervisor defines it. And what every hypervisor refuses.</summary>
internal static class MachineFile
{
    /// <summary>The definition, or null when there is none; one that an earlier release wrote is read too.</summary>
    public static async Task<T?> LoadAsync<T>(HostFolder folder, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(folder.Machine))
            return null;
        var text = await File.ReadAllTextAsync(folder.Machine, cancellationToken);
        try
        {
            if (JsonNode.Parse(text) is JsonObject file)
                return Read<T>(file, folder);
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or InvalidOperationException
                        or InvalidCastException
                        or NullReferenceException
                        or ArgumentException
                        or FormatException
            )
        {
            // What the types make of text that they do not expect; told below.
        }
        throw Failed("read the machine's definition", $"{folder.Machine} is damaged", Path.GetFileName(folder.Path));
    }

    /// <summary>The definition; null too where it cannot be read, for whoever removes it anyway.</summary>
    public static async Task<T?> TryLoadAsync<T>(HostFolder folder, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await LoadAsync<T>(folder, cancellationToken);
        }
        catch (ContainerHostException)
        {
            return null;
        }
    }

    private static T? Read<T>(JsonObject file, HostFolder folder)
    {
        var spec = EarlierForm.Upgrade(file["spec"] as JsonObject ?? file, folder);
        // Where it lies now counts, and not where it was made: the hosts may have been moved since.
        if (spec["folder"]?.GetValue<string>() is { } was)
            MovedPaths.Follow(spec, was, folder.Path);
        spec["folder"] = JsonSerializer.SerializeToNode(folder, SpecificationJson.Options);
        return file.Deserialize<T>(SpecificationJson.Options);
    }

    public static async Task<T> NeedAsync<T>(HostFolder folder, CancellationToken cancellationToken)
        where T : class =>
        await LoadAsync<T>(folder, cancellationToken)
        ?? throw Failed("find the machine", $"{folder.Machine} is not there", Path.GetFileName(folder.Path));

    public static Task SaveAsync<T>(HostFolder folder, T machine, CancellationToken cancellationToken) =>
        AtomicFile.WriteTextAsync(
            folder.Machine,
            JsonSerializer.Serialize(machine, SpecificationJson.Options) + "\n",
            cancellationToken
        );

    /// <summary>The disk of a machine as that of a template which begins as a copy of it; where it lies and its digest are for the hypervisor to tell.</summary>
    public static BaseDisk CopyOf(MachineSpec machine) =>
        (BaseDisk)machine.Boot with
        {
            Saved = null,
            OfTemplate = true,
            Origin = $"template:{machine.Name}",
            Fingerprint = machine.InstanceId.ToString("N")[..12],
        };

    /// <summary>Refuses a machine that is defined already, or that is to nest where nothing nests.</summary>
    public static Task RefuseImpossibleAsync(
        this IHypervisor hypervisor,
        MachineSpec spec,
        CancellationToken cancellationToken
    ) =>
        File.Exists(spec.Folder.Machine)
            ? throw Failed("define the machine", $"{spec.Folder.Machine} is already there", spec.Name.Value)
            : hypervisor.RefuseImpossibleNestingAsync(spec.Nested, spec.Name.Value, cancellationToken);

    public static async Task RefuseImpossibleNestingAsync(
        this IHypervisor hypervisor,
        bool wanted,
        string host,
        CancellationToken cancellationToken
    )
    {
        if (wanted && await hypervisor.GetFeaturesAsync(cancellationToken) is { NestedVirtualization: false } features)
            throw Failed("expose virtualisation to the guest", features.NestedReason, host);
    }

    public static ContainerHostException Failed(string attempted, string saw, string host, string? @try = null) =>
        new(
            attempted,
            saw,
            @try ?? $"'./build.sh Destroy --name {host}' removes what is left; then run the target again.",
            host
        );
}
