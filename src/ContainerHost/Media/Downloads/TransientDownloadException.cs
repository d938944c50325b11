namespace ContainerHost.Media.Downloads;

/// <summary>An attempt failed in a way that another may not.</summary>
internal sealed class TransientDownloadException(string saw, Exception? inner = null) : Exception(saw, inner);
