using System.Net.Http.Json;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

/// <summary>What people really type, and what must come of it: category, then the ids shown, best first. "…" at the end: more may follow.</summary>
public sealed class NoisyAddressesTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    private const string Eriksgatan = "Sankt Eriksgatan 117, Stockholm";
    private const string Entrances = "Birger Jarlsgatan 131a, Stockholm|Birger Jarlsgatan 131b, Stockholm";

    [Theory]
    // As the register has it, and with what folds away without a doubt.
    [InlineData("Sankt Eriksgatan", "117", "11343", "Stockholm", "A", Eriksgatan)]
    [InlineData("SANKT ERIKSGATAN", "117", "113 43", "STOCKHOLM", "A", Eriksgatan)]
    [InlineData("  sankt   eriksgatan ", " 117 ", "SE-113 43", " stockholm", "A", Eriksgatan)]
    [InlineData("S:t Eriksgatan", "117", "11343", "Stockholm", "A", Eriksgatan)]
    [InlineData("Skt Eriksgatan", "117", "11343", "", "A", Eriksgatan)]
    [InlineData("Sankt-Eriksgatan", "0117", "113\u00a043", "Stockholm", "A", Eriksgatan)]
    [InlineData("Armegatan", "7", "11332", "Stockholm", "A", "Armégatan 7, Stockholm")]
    [InlineData("Birger Jarlsgatan", "131 B", "11356", "Stockholm", "A", "Birger Jarlsgatan 131b, Stockholm")]
    [InlineData("Birger Jarlsgatan", "131b", "11356", "Stockholm", "A", "Birger Jarlsgatan 131b, Stockholm")]
    [InlineData("BirgerJarlsgatan", "131-b", "11356", "Stockholm", "A", "Birger Jarlsgatan 131b, Stockholm")]
    // Abbreviations that could mean something else.
    [InlineData("St Eriksgatan", "117", "11343", "Stockholm", "B", Eriksgatan)]
    [InlineData("Sankt Eriksg.", "117", "11343", "Stockholm", "B", Eriksgatan)]
    [InlineData("s:t eriksg", "117", "11343", "Stockholm", "B", Eriksgatan)]
    [InlineData("N Ringv.", "10", "94134", "Piteå", "B", "Norra Ringvägen 10, Piteå")]
    [InlineData("N:a Ringvägen", "12 B", "94134", "Piteå", "A", "Norra Ringvägen 12b, Piteå")]
    [InlineData("S:ta Klaras gr", "2", "94133", "Piteå", "B", "Sankta Klaras gränd 2, Piteå")]
    // Without å, ä and ö; both usual ways.
    [InlineData("Foraldravagen", "4", "94332", "Ojebyn", "B", "Föräldravägen 4, Öjebyn")]
    [InlineData("Foeraeldravaegen", "4", "94332", "Oejebyn", "B", "Föräldravägen 4, Öjebyn")]
    // Where both exist the one that was typed is meant.
    [InlineData("Haggatan", "1", "11331", "Stockholm", "A", "Haggatan 1, Stockholm")]
    [InlineData("Häggatan", "1", "11330", "Stockholm", "A", "Häggatan 1, Stockholm")]
    [InlineData("Björkvägen", "2", "94331", "Öjebyn", "A", "Björkvägen 2, Öjebyn")]
    // A number without its letter gives the entrances; the exact one stands first.
    [InlineData("Birger Jarlsgatan", "131", "11356", "Stockholm", "C", Entrances)]
    [InlineData("Karlbergsvägen", "6", "11327", "Stockholm", "B", "Karlbergsvägen 6, Stockholm|Karlbergsvägen 6a, Stockholm|Karlbergsvägen 6b, Stockholm")]
    [InlineData("Skogsvägen", "3", "94533", "Rosvik", "B", "Skogsvägen 3a, Rosvik")]
    // One typo.
    [InlineData("Sankt Eriskgatan", "117", "11343", "Stockholm", "B", Eriksgatan)]
    [InlineData("Senkt Eriksgatan", "117", "11343", "Stockholm", "B", Eriksgatan)]
    [InlineData("Sankt Eriksgaten", "117", "11343", "Stockholm", "B", Eriksgatan)]
    [InlineData("Birger Jarlgatan", "131a", "11356", "Stockholm", "B", "Birger Jarlsgatan 131a, Stockholm")]
    // A postcode or place that is missing or wrong.
    [InlineData("Sankt Eriksgatan", "117", "", "Stockholm", "B", Eriksgatan)]
    [InlineData("Sankt Eriksgatan", "117", "11342", "Stockholm", "B", Eriksgatan)]
    [InlineData("Sankt Eriksgatan", "117", "98765", "Stockholm", "B", Eriksgatan)]
    [InlineData("Sankt Eriksgatan", "117", "11343", "Solna", "B", Eriksgatan)]
    [InlineData("Sankt Eriksgatan", "117", "11343", "Stokholm", "B", Eriksgatan)]
    [InlineData("Björkvägen", "1", "94331", "Piteå", "B", "Björkvägen 1, Öjebyn")]
    [InlineData("Sankt Eriksgatan", "117", "", "", "C", Eriksgatan)]
    // The same street and number in several places: the area decides, and without it the person does.
    [InlineData("Storgatan", "5", "94132", "Piteå", "A", "Storgatan 5, Piteå")]
    [InlineData("Storgatan", "5", "94132", "", "A", "Storgatan 5, Piteå")]
    [InlineData("Storgatan", "5", "94331", "Piteå", "B", "Storgatan 5, Öjebyn…")]
    [InlineData("Storg", "5", "94132", "Piteå", "B", "Storgatan 5, Piteå…")]
    // Farms without number.
    [InlineData("Norrgården", "", "94192", "Arnemark", "A", "Norrgården, Arnemark")]
    [InlineData("Norrgarden", "", "941 92", "Arnemark", "B", "Norrgården, Arnemark…")]
    // Everything in one field.
    [InlineData("Sankt Eriksgatan 117, 113 43 Stockholm", "", "", "", "A", Eriksgatan)]
    [InlineData("s:t eriksgatan 117 11343 stockholm", "", "", "", "A", Eriksgatan)]
    [InlineData("sankteriksgatan117,11343stockholm", "", "", "", "A", Eriksgatan)]
    [InlineData("117 Sankt Eriksgatan, Stockholm", "", "", "", "B", Eriksgatan)]
    [InlineData("Sankt Eriksgatan 117 stockholm", "", "", "", "B", Eriksgatan)]
    [InlineData("Sankt Eriksgatan 117 lgh 1203, 113 43 Stockholm", "", "", "", "A", Eriksgatan)]
    [InlineData("c/o Svensson, Birger Jarlsgatan 131 a, 2 tr, 113 56 Stockholm, Sverige", "", "", "", "A", "Birger Jarlsgatan 131a, Stockholm")]
    [InlineData("Norrgården Arnemark", "", "", "", "B", "Norrgården, Arnemark…")]
    [InlineData("Sankt Eriksgatan 117", "117", "11343 Stockholm", "", "A", Eriksgatan)]
    [InlineData("Birger Jarlsgatan 131", "b", "", "113 56 Stockholm", "A", "Birger Jarlsgatan 131b, Stockholm")]
    // Three typos are too many to be certain of.
    [InlineData("Sank Ericsgattan", "117", "11343", "Stockholm", "B", Eriksgatan)]
    [InlineData("Kyrkgtn", "20", "41115", "Göteborg", "C", "Kyrkogatan 20, Göteborg")]
    // A name that is not finished, and a number that does not exist.
    [InlineData("Sankt Eriks", "117", "11343", "Stockholm", "C", Eriksgatan)]
    [InlineData("Sankt Eriksgatan", "118", "11343", "Stockholm", "C", "Sankt Eriksgatan 117, Stockholm|Sankt Eriksgatan 119, Stockholm…")]
    public async Task Noise_is_forgiven(string street, string number, string postcode, string place, string category, string expected)
    {
        var answer = await MatchAsync(new { street, number, postcode, place });
        var ids = answer.Matches.Select(match => match.AddressId).ToList();
        var wanted = expected.TrimEnd('…').Split('|');
        Assert.Equal($"{category}: {string.Join('|', wanted)}", $"{answer.Category}: {string.Join('|', expected.EndsWith('…') ? ids.Take(wanted.Length) : ids)}");
    }

    [Theory]
    [InlineData("Obefintliga gatan", "1", "11343", "Stockholm")]
    [InlineData("Ekvägen", "2", "94331", "Öjebyn")]
    [InlineData("Xyz", "", "", "")]
    [InlineData("🏠🏠🏠", "1", "11343", "Stockholm")]
    [InlineData("'; drop table addresses; --", "1", "11343", "Stockholm")]
    [InlineData("%", "1", "", "")]
    [InlineData("\u202eנחל", "1", "", "")]
    public async Task A_street_that_does_not_exist_is_never_certain(string street, string number, string postcode, string place)
    {
        var answer = await MatchAsync(new { street, number, postcode, place });
        Assert.Equal(Category.C, answer.Category);
    }

    [Fact]
    public async Task Signs_that_cannot_be_stored_are_read_over()
    {
        var answer = await MatchAsync(new { street = "Sankt\u0000 Eriks\u00adgatan", number = "117\u0000", postcode = "11343", place = "Stockholm" });
        Assert.Equal(Eriksgatan, Assert.Single(answer.Matches).AddressId);
    }

    private async Task<FindMatches.Response> MatchAsync(object request)
    {
        using var response = await geocoding.Resident.PostAsJsonAsync("/api/addresses/matches", request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<FindMatches.Response>())!;
    }
}
