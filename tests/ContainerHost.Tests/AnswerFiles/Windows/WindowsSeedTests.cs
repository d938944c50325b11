using System.Text.Json.Nodes;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.Windows;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media.Discs;
using ContainerHost.Specification;

namespace ContainerHost.Tests.AnswerFiles.Windows;

/// <summary>Answer media, read back by the reader of installation media and by isoinfo.</summary>
public sealed class WindowsSeedTests : FolderTest
{
    private GuestIdentity _identity = null!;

    private HostFolder Host => new(In("host"));

    public override async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Host.Path);
        _identity = await GuestIdentityFactory.MakeAsync(
            HostName.Default,
            "Administrator",
            Guid.NewGuid(),
            "Correct-Horse-9",
            Host,
            Token
        );
    }

    [Fact]
    public async Task A_medium_for_set_up_has_what_set_up_and_the_first_log_in_look_for()
    {
        var media = await Writer(OpenSshSource.Capability).WriteAnswersAsync(3, "de-DE", answerFile: null, Token);

        using var disc = DiscImage.Open(media.IsoPath);
        disc.RootNames().ShouldBe(["autounattend.xml", "first-logon.ps1", "host-key", "host-key.pub", "settings.json"]);
        Read(disc, "autounattend.xml").ShouldContain("<UILanguage>de-DE</UILanguage>");
        Read(disc, "host-key").ShouldBe(_identity.HostPrivateKey);
        var settings = JsonNode.Parse(Read(disc, "settings.json"))!;
        settings["openSsh"]!.ToString().ShouldBe("Capability");
        settings["authorizedKey"]!.ToString().ShouldBe(_identity.AuthorizedKey);
        (await RealTool.RunAsync("isoinfo", "-d", "-i", media.IsoPath)).ShouldContain("Volume id: ANSWERS");
    }

    [Fact]
    public async Task A_medium_for_an_image_that_is_applied_already_has_its_answers_under_the_name_that_windows_looks_for()
    {
        var media = await Writer(OpenSshSource.Inbox)
            .WriteAnswersAsync(imageIndex: null, "en-US", answerFile: null, Token);

        using var disc = DiscImage.Open(media.IsoPath);
        disc.RootNames().ShouldBe(["first-logon.ps1", "host-key", "host-key.pub", "settings.json", "unattend.xml"]);
        Read(disc, "unattend.xml").ShouldNotContain("windowsPE");
    }

    [Fact]
    public async Task A_medium_for_cloudbase_init_is_one_of_its_own_data_source()
    {
        var media = await Writer(OpenSshSource.Inbox).WriteForCloudAsync(Token);

        using var disc = DiscImage.Open(media.IsoPath);
        disc.RootNames()
            .ShouldBe([
                "first-logon.ps1",
                "host-key",
                "host-key.pub",
                "meta-data",
                "password",
                "settings.json",
                "user-data",
            ]);
        Read(disc, "meta-data").ShouldContain($"instance-id: {_identity.InstanceId}");
        Read(disc, "user-data").ShouldStartWith("#ps1_sysnative\r\n");
        Read(disc, "password").ShouldBe("Correct-Horse-9");
        (await RealTool.RunAsync("isoinfo", "-d", "-i", media.IsoPath)).ShouldContain("Volume id: cidata");
    }

    [Theory]
    [InlineData(OpenSshSource.Release, "openssh.zip")]
    [InlineData(OpenSshSource.Capability, "openssh.cab")]
    internal async Task An_openssh_that_the_guest_lacks_goes_onto_the_medium(OpenSshSource source, string name)
    {
        var media = await Writer(source, Put("some file", "an OpenSSH")).WriteAnswersAsync(1, null, null, Token);
        using var disc = DiscImage.Open(media.IsoPath);
        Read(disc, name).ShouldBe("an OpenSSH");
    }

    [Fact]
    public async Task The_medium_is_readable_by_its_owner_only()
    {
        var media = await Writer(OpenSshSource.Inbox).WriteAnswersAsync(1, null, null, Token);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(media.IsoPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_users_answer_file_is_merged_and_a_conflict_refused()
    {
        var mine = new AnswerFile(
            "mine.xml",
            "<unattend xmlns='urn:schemas-microsoft-com:unattend'><settings pass='specialize'><component name='Microsoft-Windows-Shell-Setup' processorArchitecture='amd64'><ComputerName>other</ComputerName></component></settings></unattend>"u8.ToArray()
        );
        await Should.ThrowAsync<InvalidInputException>(
            Writer(OpenSshSource.Inbox).WriteAnswersAsync(1, null, mine, Token)
        );
        var windows = new WindowsSpec();
        Should.Throw<InvalidInputException>(() => WindowsSeedWriter.Check(mine, HostName.Default, windows));
        WindowsSeedWriter.Check(null, HostName.Default, windows with { VirtioDrivers = "virtio-win.iso" });
    }

    [Fact]
    public async Task What_was_asked_for_is_on_the_medium_and_what_gave_way_to_the_users_file_is_told()
    {
        var told = new List<string>();
        var mine = new AnswerFile(
            "mine.xml",
            "<unattend xmlns='urn:schemas-microsoft-com:unattend'><settings pass='specialize'><component name='Microsoft-Windows-Shell-Setup' processorArchitecture='amd64'><TimeZone>Tokyo Standard Time</TimeZone></component></settings></unattend>"u8.ToArray()
        );
        var writer = new WindowsSeedWriter(_identity, "Correct-Horse-9", Host)
        {
            OpenSsh = OpenSshSource.Inbox,
            Wishes = new WindowsSpec { Keyboard = "0411:00000411" },
            ProductKey = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
            Tell = told.Add,
        };

        var media = await writer.WriteAnswersAsync(1, null, mine, Token);

        using var disc = DiscImage.Open(media.IsoPath);
        var file = Read(disc, "autounattend.xml");
        file.ShouldContain("<TimeZone>Tokyo Standard Time</TimeZone>");
        file.ShouldContain("<InputLocale>0411:00000411</InputLocale>");
        file.ShouldContain("<ProductKey>AAAAA-BBBBB-CCCCC-DDDDD-EEEEE</ProductKey>");
        told.ShouldHaveSingleItem()
            .ShouldBe(
                "mine.xml sets specialize/Microsoft-Windows-Shell-Setup/TimeZone; its values count instead of ours"
            );
    }

    [Theory]
    [InlineData(OpenSshSource.Auto, 14393, OpenSshSource.Release)]
    [InlineData(OpenSshSource.Auto, 17763, OpenSshSource.Capability)]
    [InlineData(OpenSshSource.Auto, 20348, OpenSshSource.Capability)]
    [InlineData(OpenSshSource.Auto, 26100, OpenSshSource.Inbox)]
    [InlineData(OpenSshSource.Auto, null, OpenSshSource.Release)]
    [InlineData(OpenSshSource.Release, 26100, OpenSshSource.Release)]
    internal void Openssh_comes_from_where_the_guests_build_has_it(
        OpenSshSource wanted,
        int? build,
        OpenSshSource source
    ) => OpenSshChoice.For(wanted, build).ShouldBe(source);

    private WindowsSeedWriter Writer(OpenSshSource source, string? file = null) =>
        new(_identity, "Correct-Horse-9", Host) { OpenSsh = source, OpenSshFile = file };

    private static string Read(DiscImage disc, string name)
    {
        using var reader = new StreamReader(disc.OpenFile(disc.Find(name).ShouldNotBeNull()));
        return reader.ReadToEnd();
    }
}
