using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

/// <summary>What it costs to read a typed name as a street's own, in edits.</summary>
public sealed class StreetFitTests
{
    [Theory]
    [InlineData("Storgatan", "Storgatan", nameof(Correction.None), 0)]
    [InlineData("Haggatan", "Häggatan", nameof(Correction.Diacritics), 0.1)]
    [InlineData("Storg", "Storgatan", nameof(Correction.Abbreviation), 0.3)]
    [InlineData("Storgtan", "Storgatan", nameof(Correction.Typo), 1)]
    // Heard alike, it costs less than the letters that differ.
    [InlineData("Carlbärgzwägen", "Karlbergsvägen", nameof(Correction.Typo), 1.6)]
    [InlineData("Filippsgatan", "Philipsgatan", nameof(Correction.Typo), 0.6)]
    // A part of the name; the less that is missing, the better.
    [InlineData("Sankt Eri", "Sankt Eriksgatan", nameof(Correction.Unfinished), 1.12)]
    [InlineData("Jarlsgatan", "Birger Jarlsgatan", nameof(Correction.Unfinished), 1.06)]
    [InlineData("Villa Ro, Storgatan", "Storgatan", nameof(Correction.Unfinished), 1.75)]
    [InlineData("Norra Storgatan", "Storgatan", nameof(Correction.Unfinished), 1.45)]
    public void A_correction_has_its_price(string typed, string street, string correction, double cost)
    {
        var fit = Fit(typed, street);
        Assert.Equal(correction, fit.Correction.ToString());
        Assert.Equal(cost, fit.Cost, 2);
    }

    [Theory]
    [InlineData("Björkgatan", "Björkvägen")]
    [InlineData("Ek", "Al")]
    [InlineData("Gatan", "Storgatan")]
    public void What_is_another_name_is_not_corrected_without_asking(string typed, string street) => Assert.False(Fit(typed, street).Safe);

    [Fact]
    public void Where_both_exist_the_one_that_was_typed_costs_nothing()
    {
        Assert.Equal(0, Fit("Häggatan", "Häggatan").Cost);
        Assert.Equal(0, Fit("Haggatan", "Haggatan").Cost);
        Assert.True(Fit("Häggatan", "Haggatan").Cost > 0);
    }

    private static StreetFit Fit(string typed, string street)
    {
        Reading[] readings = [.. NameVariants.Of(typed).Select(variant =>
        {
            var reading = new Reading();
            reading.Set(variant);
            return reading;
        })];
        var plain = LetterCodes.Of(NameKey.PlainOf(street));
        return StreetFit.Of(readings, plain, LetterCodes.MaskOf(plain), StreetSearch.Most).ForName(readings, LetterCodes.OfKey(NameKey.Of(street)));
    }
}
