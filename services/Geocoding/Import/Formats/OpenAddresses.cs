using Ums.Geocoding.Import.Files;
using Ums.Geocoding.Indexing;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import.Formats;

/// <summary>OpenAddresses in either of its forms, told apart by the first character.</summary>
internal sealed class OpenAddresses : AddressFormat
{
    private readonly OpenAddressesCsv csv = new();
    private readonly OpenAddressesJson json = new();

    public override IEnumerable<SourceRow> Read(Part part, Place from, string scratch) =>
        IsJson(part) ? json.Read(part, from, scratch) : csv.Read(part, from, scratch);

    /// <summary>Street, number and what else both forms have, by their own names.</summary>
    public static Refusal? Read(Func<string, string?> text, RawAddress address)
    {
        (address.Number, address.Letter) = HouseNumber.Split(text("number"), text("unit"));
        address.Street = text("street");
        address.Postcode = text("postcode");
        address.Place = PlaceName.Of(text("city") ?? text("district"));
        var country = MunicipalityNames.CountryOf(address.Postcode?.Replace(" ", "", StringComparison.Ordinal) ?? "");
        address.Municipality = Municipalities.CodeOf(country, text("district")) ?? Municipalities.CodeOf(country, text("city"))
            ?? Municipalities.CodeOf(country, text("region")) ?? Municipalities.Unknown;
        address.Id = text("hash") ?? text("id");
        return null;
    }

    private static bool IsJson(Part part)
    {
        using var lines = TextEncoding.Open(part.Open());
        while (lines.Next())
        {
            if (lines.Fault is not null || !lines.Text.IsWhiteSpace())
            {
                return lines.Text.TrimStart() is ['{', ..];
            }
        }
        throw new ImportException($"{part.Name} is empty.");
    }
}
