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

    /// <summary>The time zone and keyboard that were asked for; none by default.</summary>
    public WindowsSpec Wishes { get; init; } = new();

    /// <summary>The product key (a secret); none by default.</summary>
    public string? ProductKey { get; init; }

    /// <summary>Microsoft's public key of the image's edition; none by default, as for evaluations.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Told what of ours gave way to the user's file, where anything did.</summary>
    public Action<string> Tell { get; init; } = _ => { };

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
            TimeZone = Wishes.TimeZone,
            Keyboard = Wishes.Keyboard,
            ProductKey = ProductKey,
            ClientKey = ClientKey,
        };
        var (file, replaced) = UserUnattend.Read(answerFile)?.MergeInto(answers) ?? (UnattendFile.Render(answers), []);
        if (replaced.Count > 0)
            Tell($"{answerFile!.Source} sets {string.Join(", ", replaced)}; its values count instead of ours");
        var files = WindowsSeed.ForAnswers(
            imageIndex is null ? UnattendFile.AppliedName : UnattendFile.SetupName,
            file,
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
    public static void Check(AnswerFile? answerFile, HostName name, WindowsSpec windows)
    {
        const string some = "checked only";
        var answers = new WindowsAnswers
        {
            Name = name,
            Password = some,
            ImageIndex = windows.Installation == WindowsInstallation.Setup ? 1 : null,
            DriverFolders = windows.VirtioDrivers is null ? [] : [some],
            TimeZone = windows.TimeZone,
            Keyboard = windows.Keyboard,
            ProductKey = windows.ProductKeyDigest is null ? null : some,
        };
        UserUnattend.Read(answerFile)?.MergeInto(answers);
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
