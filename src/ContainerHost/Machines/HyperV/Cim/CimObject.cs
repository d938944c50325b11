using System.Collections.Immutable;
using System.Globalization;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>A CIM instance as plain data: its class, where it is (null for one that was never stored) and its properties.</summary>
internal sealed record CimObject(string ClassName, CimPath? Path = null)
{
    public ImmutableSortedDictionary<string, CimProperty> Properties { get; init; } =
        ImmutableSortedDictionary.Create<string, CimProperty>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where it is; an error for an instance that was never stored.</summary>
    public CimPath Stored => Path ?? throw new InvalidOperationException($"This {ClassName} was never stored.");

    /// <summary>
    /// The value of a property; the type's default when it is absent or null. Numbers are read whatever their width, and from text too, which
    /// is all that some transports have.
    /// </summary>
    public T? Get<T>(string property) =>
        !Properties.TryGetValue(property, out var found) ? default
        : found.Value is T value ? value
        : typeof(T).IsPrimitive && found.Value is IConvertible other ? Convert<T>(other)
        : default;

    /// <summary>The text of a property; empty when it is absent or null.</summary>
    public string Text(string property) => Get<string>(property) ?? "";

    /// <summary>The same instance with these properties put in.</summary>
    public CimObject With(params CimProperty[] properties) =>
        this with
        {
            Properties = Properties.SetItems(properties.Select(one => KeyValuePair.Create(one.Name, one))),
        };

    private static T? Convert<T>(IConvertible value)
    {
        try
        {
            return (T)value.ToType(typeof(T), CultureInfo.InvariantCulture);
        }
        catch (Exception unlike) when (unlike is FormatException or InvalidCastException or OverflowException)
        {
            return default;
        }
    }
}
