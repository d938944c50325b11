namespace ContainerHost.Machines.HyperV.Files;

/// <summary>The files of a Hyper-V host by their paths there, which are Windows paths.</summary>
internal interface IHyperVFiles
{
    /// <summary>True when the host is this machine, so that paths here are paths there.</summary>
    bool IsLocal { get; }

    /// <summary>True when a file of this machine may be attached where it lies: on a fixed drive of the host, outside this user's profile.</summary>
    bool IsSeenByServices(string localPath);

    Task<bool> ExistsAsync(string path, CancellationToken cancellationToken);

    /// <summary>The length of the files in a folder, in bytes; null where that is not told at once, as of a remote host, or one may not look.</summary>
    Task<long?> LengthInAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Copies a file of this machine there, folders included; under its name it is whole or not there.</summary>
    Task CopyInAsync(string localPath, string path, CancellationToken cancellationToken);

    /// <summary>Makes a folder, and those above it.</summary>
    Task MakeFolderAsync(string path, CancellationToken cancellationToken);

    /// <summary>Makes a file read-only and keeps its SHA-256 beside it, which is returned; on a remote host it is read over the network.</summary>
    /// <exception cref="IOException">The file is held by Hyper-V.</exception>
    Task<string> SealAsync(string path, CancellationToken cancellationToken);

    /// <summary>A file that was sealed, as it is now; it is read again only where its time or size changed.</summary>
    Task<TemplateFile> LookAsync(string path, CancellationToken cancellationToken);

    /// <summary>Deletes a file; nothing happens when it is not there.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>Deletes a folder with all that is in it, sealed or not; nothing happens when it is not there.</summary>
    /// <exception cref="IOException">A file of it is held by Hyper-V.</exception>
    /// <exception cref="UnauthorizedAccessException">A file of it is held and already marked for deletion, or this user may not delete it.</exception>
    Task DeleteFolderAsync(string path, CancellationToken cancellationToken);

    /// <summary>Writes a file into a folder, or the nearest above it that is there, and deletes it.</summary>
    /// <exception cref="Errors.ContainerHostException">That cannot be done.</exception>
    Task TryWriteAsync(string folder, CancellationToken cancellationToken);
}
