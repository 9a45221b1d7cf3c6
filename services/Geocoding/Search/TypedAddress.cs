using System.Globalization;
using System.Text.RegularExpressions;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>An address while it is being taken apart: what is left in each field, and what was found so far.</summary>
internal sealed class TypedAddress(AddressFields fields)
{
    public string Street { get; set; } = TypedText.Clean(fields.Street);
    public string Number { get; set; } = TypedText.Clean(fields.Number);
    public string PostcodeField { get; set; } = TypedText.Clean(fields.Postcode);
    public string Place { get; set; } = TypedText.Clean(fields.Place);
    public int? HouseNumber { get; private set; }
    public string? Letter { get; set; }
    public string? Postcode { get; set; }

    public bool IsUnclear { get; set; }

    public void SetNumber(Match found)
    {
        var number = int.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture);
        HouseNumber = number == 0 ? null : number;
        IsUnclear |= number == 0;
        Letter = found.Groups["letter"] is { Success: true, Length: > 0 } letter ? letter.Value.ToLowerInvariant() : null;
    }

    public AddressQuery ToQuery() => new(Street, HouseNumber, Letter, Postcode, Place.Length == 0 ? null : Place, IsUnclear || (HouseNumber is null && Number.Any(char.IsLetterOrDigit)));
}
