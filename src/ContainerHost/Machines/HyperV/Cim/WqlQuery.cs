using System.Collections.Immutable;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>A query in WQL over one class, built from its conditions, so that no value can change its meaning.</summary>
internal sealed record WqlQuery(string ClassName)
{
    /// <summary>What must hold of an instance, all of it: a property and the text it equals, compared without case as WQL does.</summary>
    public ImmutableArray<(string Property, string Value)> Conditions { get; init; } = [];

    public static WqlQuery From(string className) => new(className);

    public WqlQuery Where(string property, string value) =>
        this with
        {
            Conditions = Conditions.Add((property, value)),
        };

    /// <summary>The query as text; a backslash and a quote in a value are escaped by a backslash (Microsoft's reference, "WQL").</summary>
    public override string ToString()
    {
        var where = string.Join(" AND ", Conditions.Select(one => $"{one.Property} = '{Escape(one.Value)}'"));
        return where.Length == 0 ? $"SELECT * FROM {ClassName}" : $"SELECT * FROM {ClassName} WHERE {where}";
    }

    private static string Escape(string value) =>
        value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
}
