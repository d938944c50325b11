using ContainerHost.Targets.Hosting;

namespace Build.Tests.Input;

public sealed class SecretMaskTests
{
    [Fact]
    public void A_secret_is_masked_in_every_spelling_of_json()
    {
        var mask = new SecretMask(["pa\"ss<1>"]);

        mask.Apply("""plain pa"ss<1>, "pa\"ss<1>", "pa\u0022ss\u003C1\u003E" """)
            .ShouldBe("""plain *****, "*****", "*****" """);
    }

    [Fact]
    public void A_secret_that_begins_with_another_is_masked_whole() =>
        new SecretMask(["pass", "password"]).Apply("my password").ShouldBe("my *****");

    [Fact]
    public void A_blank_secret_masks_nothing() => new SecretMask(["", " "]).IsEmpty.ShouldBeTrue();

    [Fact]
    public void A_secret_in_pieces_is_masked()
    {
        using var console = new StringWriter();
        using var writer = new MaskingWriter(console, new SecretMask(["hunter2"]));

        foreach (var letter in "It is hunter2!")
            writer.Write(letter);

        console.ToString().ShouldBe("It is *****!");
    }

    [Fact]
    public void Text_that_only_begins_like_a_secret_is_printed_as_soon_as_it_shows()
    {
        using var console = new StringWriter();
        using var writer = new MaskingWriter(console, new SecretMask(["hunter2"]));

        writer.Write("a hunt");
        console.ToString().ShouldBe("a ");
        writer.WriteLine("ing lodge");
        console.ToString().ShouldBe($"a hunting lodge{Environment.NewLine}");
        writer.Write("hunt");
        writer.Complete();
        console.ToString().ShouldEndWith("hunt");
    }
}
