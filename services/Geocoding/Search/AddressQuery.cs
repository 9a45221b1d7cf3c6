using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>An address as somebody typed it, taken apart. What was not said is null.</summary>
/// <param name="IsUnclear">Something was typed that is no part of an address, so that nothing can be what was typed exactly.</param>
internal sealed record AddressQuery(string Street, int? Number, string? Letter, string? Postcode, string? Place, bool IsUnclear = false)
{
    public IReadOnlyList<NameVariant> Names { get; } = NameVariants.Of(Street);

    public string? PlacePlain { get; } = Place is null ? null : NameKey.PlainOf(Place) is { Length: > 0 } plain ? plain : null;
}
