using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Ums.Geocoding.Addresses;
using Ums.Geocoding.Demo;
using Ums.Geocoding.Search;
using Ums.Geocoding.Tests.Demo;
using Xunit;
using Xunit.Abstractions;

namespace Ums.Geocoding.Tests.Search;

/// <summary>A thousand addresses of the demo towns, each spoilt in one of the ways that people spoil them: what the categories promise must hold.</summary>
public sealed class CategoryTests(DemoFixture geocoding, ITestOutputHelper output) : IClassFixture<DemoFixture>
{
    private static readonly (string Kind, Func<AddressFields, Dice, AddressFields> Spoil)[] Noise =
    [
        ("as it stands", (address, _) => address),
        ("capitals", (address, _) => address with { Street = address.Street.ToUpperInvariant(), Place = address.Place!.ToUpperInvariant() }),
        ("no diacritics", (address, _) => address with { Street = WithoutMarks(address.Street), Place = WithoutMarks(address.Place!) }),
        ("typo", (address, dice) => address with { Street = Misspell(address.Street, dice) }),
        ("abbreviated", (address, _) => address with { Street = address.Street.Replace("gatan", "g.", StringComparison.Ordinal).Replace("vägen", "v.", StringComparison.Ordinal) }),
        ("no postcode", (address, _) => address with { Postcode = "" }),
        ("wrong postcode", (address, dice) => address with { Postcode = dice.Between(10000, 98499).ToString(CultureInfo.InvariantCulture) }),
        ("no place", (address, _) => address with { Place = "" }),
        ("one field", (address, _) => new AddressFields { Street = $"{address.Street} {address.Number}, {address.Postcode![..3]} {address.Postcode[3..]} {address.Place}" }),
        ("typo and no postcode", (address, dice) => address with { Street = Misspell(address.Street, dice), Postcode = "" }),
    ];

    [Fact]
    public async Task A_is_never_wrong_and_B_hardly_ever()
    {
        var dice = new Dice(7);
        var meant = (await geocoding.Contacts.GetFromJsonAsync<GetAddress.Response[]>("/internal/addresses/sample?count=1000&seed=7"))!;
        var items = meant.Select((address, index) => Noise[index % Noise.Length].Spoil(Typed(address), dice)).ToList();
        using var response = await geocoding.Contacts.PostAsJsonAsync("/api/addresses/matches/batch", new { items });
        var answers = (await response.Content.ReadFromJsonAsync<FindMatchesInBatch.Response>())!.Results;

        var judged = answers.Select((answer, index) => (
            Noise[index % Noise.Length].Kind, answer.Category, Right: answer.Matches is [var first, ..] && first.AddressId == meant[index].AddressId, Typed: items[index])).ToList();
        foreach (var kind in judged.GroupBy(one => one.Kind))
            output.WriteLine($"{kind.Key,-22} right {kind.Average(one => one.Right ? 1 : 0):0.000}  A {kind.Count(one => one.Category == Category.A)}  B {kind.Count(one => one.Category == Category.B)}");
        foreach (var wrong in judged.Where(one => !one.Right).Take(20))
            output.WriteLine($"{wrong.Category} {wrong.Kind}: {wrong.Typed}");

        Assert.All(judged.Where(one => one.Category == Category.A), one => Assert.True(one.Right, $"{one.Kind}: {one.Typed}"));
        Assert.InRange(judged.Where(one => one.Category == Category.B).Average(one => one.Right ? 1 : 0), 0.99, 1);
        Assert.InRange(judged.Average(one => one.Right ? 1 : 0), 0.97, 1);
        Assert.InRange(judged.Count(one => one is { Kind: "as it stands", Category: Category.A }), 90, 100);
    }

    private static AddressFields Typed(GetAddress.Response address) =>
        new() { Street = address.Street, Number = $"{address.Number}{address.Letter}", Postcode = address.Postcode, Place = address.Place };

    private static string WithoutMarks(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark));

    private static string Misspell(string name, Dice dice)
    {
        var at = dice.Between(1, name.Length - 2);
        return dice.Between(0, 3) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, dice.Pick(["a", "e", "r", "s", "n"])),
            2 => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
            _ => name[..at] + dice.Pick(["a", "e", "o", "t", "k"]) + name[(at + 1)..],
        };
    }
}
