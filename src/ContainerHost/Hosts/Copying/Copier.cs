using ContainerHost.Errors;
using ContainerHost.Media.Downloads;
using ContainerHost.Progress;
using Serilog;

namespace ContainerHost.Hosts.Copying;

/// <summary>
/// Copies files and folders from one side to the other: what is there already with the right digest stays, what an earlier try has left is gone on with, and each
/// file gets its name once its digest is right.
/// </summary>
internal sealed class Copier(
    IFileSide source,
    IFileSide target,
    ILogger log,
    TimeProvider time,
    ProgressBoard board,
    string? host
)
{
    // Each goes as one command; the rest of a broken one is sent again.
    private const int Chunk = 4 << 20;

    private const int MostNamed = 5;

    /// <exception cref="InvalidInputException">There is nothing to copy, or what is there must not be overwritten; nothing is touched then.</exception>
    public async Task<CopyReport> CopyAsync(string from, string to, bool overwrite, CancellationToken cancellationToken)
    {
        var tree = await source.LookAsync(from, cancellationToken);
        if (tree.Kind is TreeKind.None or TreeKind.Other)
            throw new InvalidInputException([
                tree.Kind == TreeKind.None
                    ? $"--from-path: there is no '{from}'."
                    : $"--from-path: '{from}' is neither a file nor a folder.",
            ]);
        if (NameOf(from) is "" or "." or "..")
            throw new InvalidInputException([$"--from-path: '{from}' has no name that it could have elsewhere."]);
        // Into a folder that is there, as cp(1) does.
        if (to.EndsWith('/') || await target.FindAsync(to, cancellationToken) == TreeKind.Folder)
            to = target.Join(to, NameOf(from));
        var there = await target.LookAsync(to, cancellationToken);
        if (there.Kind != TreeKind.None && there.Kind != tree.Kind)
            throw new InvalidInputException([
                $"--to-path: '{to}' is there, and is no {(tree.Kind == TreeKind.File ? "file" : "folder")}.",
            ]);
        // A single file may get another name.
        var had = there.Files.ToDictionary(file => tree.Kind == TreeKind.File ? tree.Files[0].Path : file.Path);
        var (files, folders) = (tree.Files.Select(file => file.Path).ToList(), tree.Folders);
        Refuse(
            [.. files.Intersect(there.Folders), .. folders.Intersect(had.Keys.Union(there.Others))],
            $"'{to}' has a folder in a file's place, or the other way round"
        );
        if (!overwrite)
            Refuse(
                [
                    .. tree
                        .Files.Where(file => had.TryGetValue(file.Path, out var old) && old.Sha256 != file.Sha256)
                        .Select(file => file.Path),
                    .. files.Intersect(there.Others),
                ],
                $"'{to}' is there with other content",
                "; --force overwrites it"
            );
        foreach (var other in tree.Others)
            log.Warning("{Path} is neither a file nor a folder, and is not copied", $"{from}/{other}");
        if (tree.Kind == TreeKind.Folder)
            foreach (var folder in tree.Folders.Prepend(""))
                await target.MakeFolderAsync(folder.Length == 0 ? to : target.Join(to, folder), cancellationToken);
        var left = tree.Files.Where(file => had.GetValueOrDefault(file.Path)?.Sha256 != file.Sha256).ToList();
        await board.RunAsync(
            $"copy {NameOf(from)}",
            async step =>
            {
                var told = board.IsDrawn ? null : new ProgressLog(NameOf(from), log, time, "Copying");
                var meter = new CopyMeter(step, told, time, left.Sum(file => file.Size));
                foreach (var file in left)
                    await CopyAsync(
                        tree.Kind == TreeKind.File ? from : source.Join(from, file.Path),
                        tree.Kind == TreeKind.File ? to : target.Join(to, file.Path),
                        file,
                        meter,
                        cancellationToken
                    );
                return left.Count;
            },
            host: host
        );
        return new CopyReport(to, left.Count, left.Sum(file => file.Size), tree.Files.Count - left.Count, tree.Others);
    }

    private static void Refuse(IReadOnlyCollection<string> paths, string what, string but = "")
    {
        if (paths.Count > 0)
            throw new InvalidInputException([
                $"--to-path: {what} ({string.Join(", ", paths.Take(MostNamed))}{(paths.Count > MostNamed ? " ..." : "")}){but}.",
            ]);
    }

    private async Task CopyAsync(
        string from,
        string to,
        CopiedFile file,
        CopyMeter meter,
        CancellationToken cancellationToken
    )
    {
        var at = await target.FindPartAsync(to, file, cancellationToken);
        if (at > file.Size)
            at = 0;
        meter.Found(at);
        while (at < file.Size)
        {
            var bytes = await source.ReadAsync(from, at, (int)Math.Min(Chunk, file.Size - at), cancellationToken);
            if (bytes.Length == 0)
                break;
            await target.WriteAsync(to, file, at, bytes, cancellationToken);
            at += bytes.Length;
            meter.Copied(bytes.Length);
        }
        if (!await target.PlaceAsync(to, file, cancellationToken))
            throw new ContainerHostException(
                $"copy {from}",
                $"what came has not the SHA-256 that it had ({file.Sha256}); it was changed meanwhile, or damaged",
                "copy it again; a file that somebody writes to is copied somewhere else first.",
                host
            );
    }

    // Elsewhere a backslash is a letter of a name, which systemd's units have.
    private static readonly char[] Separators = OperatingSystem.IsWindows() ? ['/', '\\'] : ['/'];

    private static string NameOf(string path) => path.TrimEnd(Separators).Split(Separators)[^1];
}
