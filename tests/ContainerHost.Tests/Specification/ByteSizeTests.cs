using ContainerHost.Specification;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerHost.Tests.Specification;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("512MiB", 512L << 20)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("2 gib", 2L << 30)]
    [InlineData("1TiB", 1L << 40)]
    [InlineData("2G", 2L << 30)]
    [InlineData("2048m", 2L << 30)]
    [InlineData("7B", 7)]
    public void A_size_with_a_binary_unit_is_read(string text, long bytes)
    {
        ByteSize.TryParse(text, out var size).ShouldBeTrue();
        size.Bytes.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("GiB")]
    [InlineData("2GB")]
    [InlineData("0GiB")]
    [InlineData("+2GiB")]
    [InlineData("2,5GiB")]
    [InlineData("9223372036854775807KiB")]
    public void Anything_else_is_not_a_size(string? text) => ByteSize.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_positive_size_reads_back_as_it_was_written() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<PositiveInt>(),
                number =>
                    ByteSize.TryParse(new ByteSize(number.Get).ToString(), out var size) && size.Bytes == number.Get
            )
            .QuickCheckThrowOnFailure();
}
