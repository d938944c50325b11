using ContainerHost.AnswerFiles.Keys;
using ContainerHost.Specification;

namespace ContainerHost.Tests.AnswerFiles.Keys;

public sealed class PasswordGeneratorTests
{
    [Fact]
    public void Every_password_is_one_that_windows_takes()
    {
        // One out of fifty would not be, were it left to chance.
        var passwords = Enumerable.Range(0, 2000).Select(_ => PasswordGenerator.Generate()).ToList();

        passwords.ShouldAllBe(password => password.Length == 24 && PasswordRules.IsComplex(password));
        passwords.ShouldBeUnique();
    }

    [Theory]
    [InlineData("abcABC123", true)]
    [InlineData("abc-ABC", true)]
    [InlineData("abcABCdef", false)]
    [InlineData("abc12345", false)]
    [InlineData("", false)]
    public void Three_kinds_of_characters_make_a_password_complex(string password, bool complex) =>
        PasswordRules.IsComplex(password).ShouldBe(complex);
}
