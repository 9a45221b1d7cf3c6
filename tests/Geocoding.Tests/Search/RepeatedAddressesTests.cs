using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;
using Ums.Geocoding.Tests.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class RepeatedAddressesTests
{
    private static readonly AddressRecord Once = new("1", "Storgatan", 5, "a", "94132", "Piteå", "2581", 65.3171, 21.4791, null, null, null, null);

    [Fact]
    public void An_address_that_a_source_has_twice_is_one_answer()
    {
        var found = Find(Once, Once with { Id = "2", Letter = "A", Latitude = 65.3172 }, Once with { Id = "3" });
        Assert.Equal(Category.A, found.Category);
        Assert.Single(found.Matches);
    }

    [Fact]
    public void The_same_words_for_two_places_are_for_the_person_to_choose_from()
    {
        var found = Find(Once, Once with { Id = "2", Latitude = 65.4 });
        Assert.Equal(Category.C, found.Category);
        Assert.Equal(2, found.Matches.Count);
    }

    [Fact]
    public void A_thousand_repeats_hide_nothing_else()
    {
        var repeats = Enumerable.Range(0, 1000).Select(copy => Once with { Id = $"copy {copy}" });
        var found = Find([.. repeats, Once with { Id = "neighbour", Letter = "b" }]);
        Assert.Equal(Category.A, found.Category);
    }

    private static MatchAddress.Result Find(params AddressRecord[] records) => MatchAddress.Find(
        SmallIndex.Of(records), new AddressFields { Street = "Storgatan", Number = "5A", Postcode = "94132", Place = "Piteå" }, new HashSet<string>(), 10);
}
