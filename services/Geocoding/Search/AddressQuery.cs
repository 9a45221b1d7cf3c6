using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>An address as somebody typed it, taken apart. What was not said is null.</summary>
internal sealed record AddressQuery(string Street, int? Number, string? Letter, string? Postcode, string? Place)
{
    public IReadOnlyList<NameVariant> Names { get; } = NameVariants.Of(Street);

    public string? PlacePlain { get; } = Place is null ? null : NameKey.PlainOf(Place) is { Length: > 0 } plain ? plain : null;
}
