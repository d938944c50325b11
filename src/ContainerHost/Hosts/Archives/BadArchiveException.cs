namespace ContainerHost.Hosts.Archives;

/// <summary>An archive is not what it should be; the message completes "it".</summary>
internal sealed class BadArchiveException(string message, Exception? inner = null) : Exception(message, inner);
