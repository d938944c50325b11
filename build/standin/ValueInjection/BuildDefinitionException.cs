namespace Nuke.Common.ValueInjection;

/// <summary>The build's own definition is wrong, whatever the user asks for.</summary>
internal sealed class BuildDefinitionException(string message) : Exception(message);
