namespace Nuke.Common.ValueInjection;

/// <summary>What the user asked for cannot be; no target has run.</summary>
internal sealed class InputException(string message) : Exception(message);
