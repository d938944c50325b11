using Mi = Microsoft.Management.Infrastructure;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>Instances and paths of the library to ours and back.</summary>
internal static class MiInstances
{
    public static CimObject Read(Mi.CimInstance instance) =>
        new CimObject(instance.CimSystemProperties.ClassName, PathOf(instance)).With([
            .. instance
                .CimInstanceProperties.Select(one => MiValues.Read(one.Name, one.CimType, one.Value))
                .OfType<CimProperty>(),
        ]);

    /// <summary>The outgoing parameters of a method.</summary>
    public static CimObject Read(
        string method,
        Mi.Generic.CimReadOnlyKeyedCollection<Mi.CimMethodParameter> parameters
    ) =>
        new CimObject(method).With([
            .. parameters.Select(one => MiValues.Read(one.Name, one.CimType, one.Value)).OfType<CimProperty>(),
        ]);

    /// <summary>An instance that has its keys only, which is how the library names one.</summary>
    public static Mi.CimInstance Name(CimPath path)
    {
        // The library writes namespaces so; backslashes reach a remote host as they are.
        var instance = new Mi.CimInstance(path.ClassName, path.Namespace?.Replace('\\', '/'));
        foreach (var (name, value) in path.Keys)
            instance.CimInstanceProperties.Add(Mi.CimProperty.Create(name, value, Mi.CimFlags.Key));
        return instance;
    }

    /// <summary>Where an instance is; null for one without keys, which was never stored.</summary>
    public static CimPath? PathOf(Mi.CimInstance instance)
    {
        var keys = instance
            .CimInstanceProperties.Where(one => one.Flags.HasFlag(Mi.CimFlags.Key) && one.Value is not null)
            .ToList();
        if (keys.Count == 0)
            return null;
        var system = instance.CimSystemProperties;
        return CimPath.Of(system.ClassName, [.. keys.Select(key => (key.Name, KeyOf(key.Value)))]) with
        {
            Server = system.ServerName,
            Namespace = system.Namespace?.Replace('/', '\\'),
        };
    }

    // The keys of an association are references themselves, and stand in a path as text.
    private static object KeyOf(object value) => value is Mi.CimInstance reference ? $"{PathOf(reference)}" : value;
}
