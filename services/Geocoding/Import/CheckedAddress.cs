using Ums.Geocoding.Import.Formats;

namespace Ums.Geocoding.Import;

/// <summary>An address that may stand in the table.</summary>
internal sealed record CheckedAddress(
    string Id, long StreetId, string Street, int? Number, string? Letter, string Postcode, string Place, string Municipality,
    double Latitude, double Longitude, int? Gnr, int? Bnr, int? Fnr, int? Snr);

/// <summary>The first rule that a row breaks is its refusal.</summary>
internal sealed class CheckAddress(string source)
{
    private const int LongestName = 100, LongestLetter = 4, HighestNumber = 99_999;

    public (CheckedAddress? Address, Refusal? Refusal) Check(RawAddress raw)
    {
        Refusal? refusal = null;
        var street = Name("street", raw.Street, ref refusal);
        var number = Number("number", raw.Number, HighestNumber, ref refusal);
        var letter = Letter(raw.Letter, ref refusal);
        var postcode = Digits("postcode", raw.Postcode?.Replace(" ", "", StringComparison.Ordinal), 4, 5, ref refusal);
        var place = Name("place", raw.Place, ref refusal);
        var municipality = Digits("municipality_code", raw.Municipality, 4, 4, ref refusal);
        refusal ??= Position(raw);
        var (gnr, bnr) = (Number("gnr", raw.Gnr, int.MaxValue, ref refusal), Number("bnr", raw.Bnr, int.MaxValue, ref refusal));
        var (fnr, snr) = (Number("fnr", raw.Fnr, int.MaxValue, ref refusal), Number("snr", raw.Snr, int.MaxValue, ref refusal));
        if (refusal is null && postcode.AsSpan().IndexOfAnyExcept('0') < 0)
        {
            refusal = Refusal.Of("postcode", "no-postcode", raw.Postcode);
        }
        // Where a source gives none, the address itself is the id: the same address twice is then the same one.
        var id = raw.Id is { Length: > 0 } given ? given : StableHash.Text($"{street}|{number}|{letter}|{postcode}|{place}|{raw.Latitude}|{raw.Longitude}");
        if (refusal is null && !Addresses.Address.CanBeId(id))
        {
            refusal = Refusal.Of("address_id", id.Length > Addresses.Address.LongestId ? "too-long" : "control-character", id);
        }
        if (refusal is null && Characters.FaultOf(id) is { } fault)
        {
            refusal = Refusal.Of("address_id", fault, id);
        }
        if (refusal is not null)
        {
            return (null, refusal);
        }
        var streetId = StreetIds.Of($"{source}|{postcode.Length}|{municipality}|{place}|{street}");
        return (new CheckedAddress(id, streetId, street, number, letter, postcode, place, municipality, raw.Latitude, raw.Longitude, gnr, bnr, fnr, snr), null);
    }

    private static string Name(string field, string? text, ref Refusal? refusal)
    {
        var name = Characters.Clean(text ?? "", out var fault);
        refusal ??= name.Length switch
        {
            _ when fault is not null => Refusal.Of(field, fault, text),
            0 => Refusal.Of(field, "missing", text),
            > LongestName => Refusal.Of(field, "too-long", text),
            _ when !name.Any(char.IsLetterOrDigit) => Refusal.Of(field, "no-letter", text),
            _ => null,
        };
        return name;
    }

    private static string? Letter(string? text, ref Refusal? refusal)
    {
        var letter = Characters.Clean(text ?? "", out var fault);
        if (letter.Length == 0)
        {
            return null;
        }
        if (fault is not null || letter.Length > LongestLetter || !letter.All(char.IsLetterOrDigit))
        {
            refusal ??= Refusal.Of("letter", fault ?? "no-letter", text);
        }
        return letter;
    }

    private static int? Number(string field, string? text, int highest, ref Refusal? refusal)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number <= highest)
        {
            return number;
        }
        refusal ??= Refusal.Of(field, text.All(char.IsAsciiDigit) ? "out-of-range" : "not-a-number", text);
        return null;
    }

    private static string Digits(string field, string? text, int shortest, int longest, ref Refusal? refusal)
    {
        // As a number it lost its zeros in some table on the way here, but which it was is no longer certain.
        refusal ??= string.IsNullOrWhiteSpace(text) ? Refusal.Of(field, "missing", text)
            : text == "0" && field == "postcode" ? Refusal.Of(field, "no-postcode", text)
            : text.Length < shortest || text.Length > longest || !text.All(char.IsAsciiDigit) ? Refusal.Of(field, "not-a-code", text)
            : null;
        return text ?? "";
    }

    private static Refusal? Position(RawAddress raw)
    {
        var (latitude, longitude) = (raw.Latitude, raw.Longitude);
        if (Scandinavia.Has(latitude, longitude))
        {
            return null;
        }
        var reason = !double.IsFinite(latitude) || !double.IsFinite(longitude) ? "not-a-number"
            : Scandinavia.Has(longitude, latitude) ? "swapped-axes"
            : "out-of-range";
        return Refusal.Of("latitude", reason, FormattableString.Invariant($"{latitude} {longitude}"));
    }
}
