using CsCheck;
using Ums.Geocoding.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Indexing;

public sealed class NameKeyTests
{
    private static readonly Gen<string> Words =
        Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyzåäöéüABCÅÄÖ"], 4, 12].List[1, 4].Select(words => string.Join(' ', words));

    [Theory]
    [InlineData("S:t Eriksgatan", "sankteriksgatan")]
    [InlineData("s:teriksgatan", "sankteriksgatan")]
    [InlineData("S:ta Klaras gränd", "sanktaklarasgränd")]
    [InlineData("N:a Ringvägen", "norraringvägen")]
    [InlineData("G:la Landsvägen", "gamlalandsvägen")]
    [InlineData("Birger-Jarls gatan", "birgerjarlsgatan")]
    [InlineData("Armégatan", "armegatan")]
    [InlineData("Ärlig Åsväg", "ärligåsväg")]
    [InlineData("Bjørnsonsgatan", "björnsonsgatan")]
    [InlineData("A\u030asgatan", "åsgatan")]
    public void Abbreviations_accents_and_marks_fold_away(string name, string key) => Assert.Equal(key, NameKey.Of(name));

    [Theory]
    [InlineData("föräldravägen", "foraldravagen")]
    [InlineData("foeraeldravaegen", "foraldravagen")]
    [InlineData("aasgatan", "asgatan")]
    public void A_keyboard_without_letters_writes_the_plain_key(string key, string plain) => Assert.Equal(plain, NameKey.Plain(key));

    [Fact]
    public void Case_does_not_matter() => Words.Sample(name => NameKey.Of(name) == NameKey.Of(name.ToUpperInvariant()));

    [Fact]
    public void Spaces_and_hyphens_do_not_matter() =>
        Words.Sample(name => NameKey.Of(name) == NameKey.Of("  " + name.Replace(" ", " - ", StringComparison.Ordinal) + "\t"));

    [Fact]
    public void A_key_is_its_own_key() => Words.Sample(name => NameKey.Of(NameKey.Of(name)) == NameKey.Of(name));

    [Fact]
    public void A_plain_key_is_its_own_plain_key_but_for_what_folding_joins() =>
        Words.Sample(name => NameKey.PlainOf(name).All(letter => char.IsAsciiLetterLower(letter) || char.IsDigit(letter)));

    [Fact]
    public void Whatever_is_typed_becomes_letters_and_digits_only() =>
        Gen.String[0, 60].Sample(text => NameKey.Of(text).All(char.IsLetterOrDigit));

    [Fact]
    public void Whatever_is_typed_becomes_one_clean_line() =>
        Gen.String[0, 60].Sample(text => !TypedText.Clean(text).Any(char.IsControl) && TypedText.Clean(text) == TypedText.Clean(TypedText.Clean(text)));
}
