using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

/// <summary>Fingerprints are kept in host.json and name folders of the cache, so the same input must always give the same.</summary>
public sealed class FingerprintTests : FolderTest
{
    [Fact]
    public void The_fingerprint_of_inputs_stays_what_it_was() =>
        Fingerprint
            .Of(
                new
                {
                    InstanceId = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
                    Accelerator = "kvm",
                    Nothing = (string?)null,
                    Size = ByteSize.FromGiB(20),
                    Guest = GuestCatalog.Debian12Cloud,
                    Isolation.Both,
                }
            )
            .ShouldBe("18ec6140e671");

    [Fact]
    public void The_fingerprint_of_a_text_is_the_start_of_its_sha_256()
    {
        Fingerprint.OfText("abc").ShouldBe("ba7816bf8f01");
        Fingerprint.OfText("abc", digits: 32).ShouldBe("ba7816bf8f01cfea414140de5dae2223");
        Fingerprint.OfDigest("ba7816bf8f01cfea414140de5dae2223").ShouldBe("ba7816bf8f01");
    }

    [Fact]
    public void The_fingerprint_of_a_file_is_the_start_of_its_sha_256()
    {
        Fingerprint.OfFile(Put("file", "abc")).ShouldBe("ba7816bf8f01");
        Fingerprint.OfFile(null).ShouldBe("none");
    }
}
