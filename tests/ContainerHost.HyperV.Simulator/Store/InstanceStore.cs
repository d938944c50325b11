using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Store;

/// <summary>The instances of the namespace, and what leads from one to another. What goes in is held to the schema too.</summary>
internal sealed class InstanceStore(CimSchema schema)
{
    private readonly Dictionary<CimPath, CimObject> _instances = [];
    private readonly List<(string ClassName, CimPath From, CimPath To, CimProperty[] More)> _associations = [];
    private readonly Strictness _strictness = new(schema);

    public IEnumerable<CimObject> OfClass(string className) =>
        schema.Class(className).IsAssociation
            ? _associations.Where(one => schema.Is(one.ClassName, className)).Select(Instance)
            : _instances.Values.Where(one => schema.Is(one.ClassName, className));

    public CimObject? Find(CimPath path) => _instances.GetValueOrDefault(path);

    /// <summary>Stores an instance under the path that its keys make.</summary>
    public CimObject Put(CimObject instance)
    {
        _strictness.CheckInstance(instance);
        var keys = schema.KeysOf(instance.ClassName).Select(key => (key, (object)instance.Text(key)));
        var path = CimPath.Of(instance.ClassName, [.. keys]) with
        {
            Server = "SIMULATED",
            Namespace = @"root\virtualization\v2",
        };
        var stored = instance with { Path = path };
        _instances[path] = stored;
        return stored;
    }

    /// <summary>Changes the instance at a path, if it is still there.</summary>
    public void Change(CimPath path, params CimProperty[] properties)
    {
        if (Find(path) is { } found)
            Put(found.With(properties));
    }

    public void Relate(string association, CimPath from, CimPath to, params CimProperty[] more) =>
        _associations.Add((schema.Class(association).Name, from, to, more));

    public IEnumerable<CimObject> Related(CimPath source, string association, string resultClass) =>
        _associations
            .Where(one => one.ClassName.Equals(association, StringComparison.OrdinalIgnoreCase))
            .Select(one =>
                one.From.Equals(source) ? one.To
                : one.To.Equals(source) ? one.From
                : null
            )
            .OfType<CimPath>()
            .Select(Find)
            .OfType<CimObject>()
            .Where(one => schema.Is(one.ClassName, resultClass));

    public void Remove(IEnumerable<CimObject> instances)
    {
        foreach (var one in instances.ToList())
            Remove(one.Stored);
    }

    public void Remove(CimPath path)
    {
        _instances.Remove(path);
        _associations.RemoveAll(one => one.From.Equals(path) || one.To.Equals(path));
    }

    // Those that are read as instances have these ends.
    private static CimObject Instance((string ClassName, CimPath From, CimPath To, CimProperty[] More) link) =>
        new CimObject(link.ClassName).With([
            CimProperty.Reference("GroupComponent", link.From),
            CimProperty.Reference("PartComponent", link.To),
            .. link.More,
        ]);
}
