using ContainerHost.Media.DebianImage;

namespace ContainerHost.Tests.Media.DebianImage;

public sealed class AptSourcesTests : FolderTest
{
    [Theory]
    [InlineData(
        "deb http://deb.debian.org/debian bookworm main contrib",
        "deb http://deb.debian.org/debian bookworm main contrib"
    )]
    [InlineData(
        "deb\t[ signed-by=/k.gpg  trusted=yes ] http://h/debian bookworm main # why",
        "deb [signed-by=/k.gpg trusted=yes] http://h/debian bookworm main"
    )]
    public void A_line_is_read(string line, string read) =>
        AptSources.ParseLine(line).Single().ToString().ShouldBe(read);

    [Theory]
    [InlineData("# deb http://h/debian bookworm main")]
    [InlineData("deb-src http://h/debian bookworm main")]
    [InlineData("deb http://h/debian")]
    [InlineData("")]
    public void Other_lines_are_none(string line) => AptSources.ParseLine(line).ShouldBeEmpty();

    [Fact]
    public void A_stanza_makes_a_source_for_each_address_and_suite()
    {
        const string text = """
            # Debian's own
            Types: deb deb-src
            URIs: http://one/debian
             http://two/debian
            Suites: bookworm bookworm-updates
            Components: main
            Signed-By: /usr/share/keyrings/a.gpg, /usr/share/keyrings/b.gpg

            Enabled: no
            Types: deb
            URIs: http://three/debian
            Suites: bookworm
            Components: main
            """;

        const string options = "[signed-by=/usr/share/keyrings/a.gpg,/usr/share/keyrings/b.gpg]";
        AptSources
            .ParseStanzas(text)
            .Select(source => source.ToString())
            .ShouldBe([
                $"deb {options} http://one/debian bookworm main",
                $"deb {options} http://one/debian bookworm-updates main",
                $"deb {options} http://two/debian bookworm main",
                $"deb {options} http://two/debian bookworm-updates main",
            ]);
    }

    [Fact]
    public void A_key_that_is_written_out_is_left_to_debians_keyring()
    {
        const string text = """
            Types: deb
            URIs: http://one/debian
            Suites: bookworm
            Components: main
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mDMEY
            """;

        AptSources.ParseStanzas(text).Single().Options.ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_machines_sources_only_the_releases_own_archive_counts()
    {
        Put(
            "sources.list",
            """
            deb http://mirror/debian bookworm main
            deb http://mirror/debian bookworm-backports main
            deb http://mirror/debian trixie main
            deb http://vendor/tools bookworm main
            deb http://mirror/debian bookworm contrib
            """
        );

        AptSources
            .Of("bookworm", Folder, Folder)
            .Select(source => source.ToString())
            .ShouldBe(["deb http://mirror/debian bookworm main"]);
    }

    [Fact]
    public void What_apt_has_downloaded_tells_whose_a_suite_is()
    {
        Put("sources.list", "deb http://mirror:8080/packages/ bookworm main\ndeb http://other/debian bookworm main");
        Put("mirror:8080_packages_dists_bookworm_InRelease", "Origin: Debian\n");
        Put("other_debian_dists_bookworm_InRelease", "Origin: Somebody\n");

        AptSources.Of("bookworm", Folder, Folder).Single().Uri.ShouldBe("http://mirror:8080/packages/");
    }

    [Fact]
    public void A_machine_of_another_distribution_takes_debians_public_archive()
    {
        Put("sources.list", "deb http://archive.ubuntu.com/ubuntu noble main");

        AptSources
            .Of("bookworm", Folder, Folder)
            .Select(source => source.Suite)
            .ShouldBe(["bookworm", "bookworm-updates", "bookworm-security"]);
    }

    [Fact]
    public void The_mirror_of_another_release_has_this_one_too()
    {
        Put(
            "sources.list",
            "deb [signed-by=/k.gpg] http://mirror/debian bookworm main\ndeb http://mirror/debian-security bookworm-security main\ndeb http://mirror/debian bookworm-backports main"
        );

        AptSources
            .Of("trixie", Folder, Folder)
            .Select(source => source.ToString())
            .ShouldBe([
                "deb [signed-by=/k.gpg] http://mirror/debian trixie main",
                "deb http://mirror/debian-security trixie-security main",
            ]);
    }
}
