using ContainerHost.AnswerFiles.Iso;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>Writes the answer medium of a Windows guest into its host's folder, readable by its owner only: the password and the host key are on it.</summary>
internal sealed class WindowsSeedWriter(GuestIdentity identity, string password, HostFolder folder)
{
    // A fixed time makes the same answers the same bytes.
    private static readonly DateTimeOffset Stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Win32-OpenSSH's archive, or Windows' own package of the server, as the source wants it; null where neither is needed.</summary>
    public string? OpenSshFile { get; init; }

    /// <summary>Where the guest's OpenSSH server comes from.</summary>
    public required OpenSshSource OpenSsh { get; init; }

    /// <summary>Folders of a medium in the machine with drivers that set-up needs; none by default.</summary>
    public IReadOnlyList<string> DriverFolders { get; init; } = [];

    /// <summary>For a guest that sets itself up: the image that set-up installs, or null for one that is applied already; and the user's own answer file or null.</summary>
    /// <exception cref="Errors.InvalidInputException">The user's file is wrong or sets what must be ours.</exception>
    public async Task<SeedMedia> WriteAnswersAsync(
        int? imageIndex,
        string? language,
        AnswerFile? answerFile,
        CancellationToken cancellationToken
    )
    {
        var answers = new WindowsAnswers
        {
            Name = identity.Name,
            Password = password,
            ImageIndex = imageIndex,
            Language = language ?? "en-US",
            DriverFolders = DriverFolders,
        };
        var ours = UnattendFile.Render(answers);
        var user = UserUnattend.Read(answerFile);
        var files = WindowsSeed.ForAnswers(
            imageIndex is null ? UnattendFile.AppliedName : UnattendFile.SetupName,
            user?.MergeInto(ours) ?? ours,
            await CommonAsync(setPassword: false, cancellationToken)
        );
        return await WriteAsync(WindowsSeed.AnswersLabel, files, cancellationToken);
    }

    /// <summary>For a guest that is on its disk already, with cloudbase-init.</summary>
    public async Task<SeedMedia> WriteForCloudAsync(CancellationToken cancellationToken)
    {
        var common = await CommonAsync(setPassword: true, cancellationToken);
        var files = WindowsSeed.ForCloud(identity, password, common);
        return await WriteAsync(WindowsSeed.CloudLabel, files, cancellationToken);
    }

    /// <summary>Checks an answer file for set-up, or for an image that is applied, without writing anything.</summary>
    /// <exception cref="Errors.InvalidInputException">It is wrong or sets what must be ours.</exception>
    public static void Check(AnswerFile? answerFile, WindowsInstallation installation, bool hasDrivers)
    {
        var answers = new WindowsAnswers
        {
            Name = HostName.Default,
            Password = "checked only",
            ImageIndex = installation == WindowsInstallation.Setup ? 1 : null,
            DriverFolders = hasDrivers ? ["checked only"] : [],
        };
        UserUnattend.Read(answerFile)?.MergeInto(UnattendFile.Render(answers));
    }

    private async Task<IReadOnlyList<IsoFile>> CommonAsync(bool setPassword, CancellationToken cancellationToken) =>
        WindowsSeed.Common(
            identity,
            OpenSsh,
            OpenSshFile is null
                ? (ReadOnlyMemory<byte>?)null
                : await File.ReadAllBytesAsync(OpenSshFile, cancellationToken),
            setPassword
        );

    private async Task<SeedMedia> WriteAsync(
        string label,
        IReadOnlyList<IsoFile> files,
        CancellationToken cancellationToken
    )
    {
        var image = IsoImage.Write(label, files, Stamp);
        await AtomicFile.WriteAsync(folder.Seed, image, cancellationToken, secret: true);
        return new SeedMedia(folder.Seed, Fingerprint.OfBytes(image));
    }
}
