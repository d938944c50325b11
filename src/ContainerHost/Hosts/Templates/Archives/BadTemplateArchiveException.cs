namespace ContainerHost.Hosts.Templates.Archives;

/// <summary>An archive is not what it should be; the message completes "it".</summary>
internal sealed class BadTemplateArchiveException(string message, Exception? inner = null) : Exception(message, inner);
