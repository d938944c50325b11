namespace ContainerHost.HyperV.Simulator.Schema;

/// <summary>A call that Microsoft's schema does not allow: a mistake of the code under test, never an answer of a host.</summary>
public sealed class SchemaViolationException(string message) : Exception(message);
