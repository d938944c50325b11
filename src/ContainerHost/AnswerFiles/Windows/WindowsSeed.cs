using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ContainerHost.AnswerFiles.Iso;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The files of a Windows guest's answer medium.</summary>
internal static class WindowsSeed
{
    /// <summary>The label of a medium with an answer file.</summary>
    public const string AnswersLabel = "ANSWERS";

    /// <summary>The label that cloudbase-init knows its own medium by (its documentation, "NoCloud").</summary>
    public const string CloudLabel = "cidata";

    // What first-logon.ps1 looks for: Win32-OpenSSH's archive, or Windows' own package.
    private static string OpenSshName(OpenSshSource source) =>
        source == OpenSshSource.Release ? "openssh.zip" : "openssh.cab";

    private const string FirstLogon = "first-logon.ps1";

    // cloudbase-init runs it as LocalSystem, and knows the kind of script by the first line.
    private const string RunFirstLogon = """
        #ps1_sysnative
        Set-StrictMode -Version 3.0
        $ErrorActionPreference = 'Stop'
        $medium = Get-Volume | Where-Object FileSystemLabel -EQ 'cidata' | Select-Object -First 1
        & "$($medium.DriveLetter):\first-logon.ps1"
        """;

    /// <summary>For a Windows that sets itself up: the answer file under that name, and what is run at the first log-in.</summary>
    public static IReadOnlyList<IsoFile> ForAnswers(
        string fileName,
        XDocument answers,
        IReadOnlyList<IsoFile> common
    ) => [new(fileName, Encoding.UTF8.GetBytes(Text(answers))), .. common];

    /// <summary>For a disk image with cloudbase-init, by its NoCloud data source.</summary>
    public static IReadOnlyList<IsoFile> ForCloud(
        GuestIdentity identity,
        string password,
        IReadOnlyList<IsoFile> common
    )
    {
        var about = $"instance-id: {identity.InstanceId}\nlocal-hostname: {identity.Name}\n";
        return
        [
            new("meta-data", Encoding.UTF8.GetBytes(about)),
            new("user-data", Encoding.UTF8.GetBytes(RunFirstLogon.ReplaceLineEndings("\r\n"))),
            new("password", Encoding.UTF8.GetBytes(password)),
            .. common,
        ];
    }

    /// <summary>What both have: the script, its settings, the keys, and an OpenSSH where the guest has none.</summary>
    public static IReadOnlyList<IsoFile> Common(
        GuestIdentity identity,
        OpenSshSource openSsh,
        ReadOnlyMemory<byte>? openSshFile,
        bool setPassword
    )
    {
        var settings = new FirstLogonSettings(identity.InstanceId, openSsh, identity.AuthorizedKey, setPassword);
        List<IsoFile> files =
        [
            new(FirstLogon, Script()),
            new("settings.json", JsonSerializer.SerializeToUtf8Bytes(settings, SpecificationJson.Options)),
            new("host-key", Encoding.UTF8.GetBytes(identity.HostPrivateKey)),
            new("host-key.pub", Encoding.UTF8.GetBytes($"{identity.HostPublicKey}\n")),
        ];
        if (openSshFile is { } content)
            files.Add(new IsoFile(OpenSshName(openSsh), content));
        return files;
    }

    // Windows PowerShell reads a script without a byte order mark in the system's code page.
    private static byte[] Script() =>
        [
            .. Encoding.UTF8.Preamble,
            .. Encoding.UTF8.GetBytes(
                EmbeddedText.Load($"AnswerFiles.Windows.{FirstLogon}").ReplaceLineEndings("\r\n")
            ),
        ];

    private static string Text(XDocument answers) =>
        $"""<?xml version="1.0" encoding="utf-8"?>{"\n"}{answers.ToString(SaveOptions.None)}{"\n"}""";
}
