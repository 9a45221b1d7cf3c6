using System.Globalization;
using System.Text.RegularExpressions;

namespace Ums.Contacts.Records;

/// <summary>An address as an operator types it to search: the beginning of a street, a number, a postcode, or several of them.</summary>
internal sealed partial record AddressText(string? Street, int? Number, string? Letter, string? Postcode)
{
    private const int Longest = 200;
    private const int ShortestStreet = 3;

    public static (AddressText? Value, string? Fault) Read(string text)
    {
        if (text.Length > Longest)
        {
            return (null, "too-long");
        }
        if (text.Any(sign => char.IsControl(sign) || char.IsSurrogate(sign)))
        {
            return (null, "bad-characters");
        }
        var rest = Separators().Replace(text, " ").Trim();
        var found = PostcodeIn().Match(rest);
        var postcode = found.Success ? found.Groups[1].Value + found.Groups[2].Value : null;
        if (found.Success)
        {
            rest = rest.Remove(found.Index, found.Length).Trim();
        }
        // What follows the number is the place, which the postcode and the street say already.
        var house = HouseNumber().Match(rest);
        var street = (house.Success ? rest[..house.Index] : postcode is null ? rest : rest[..Math.Min(found.Index, rest.Length)]).Trim();
        if (street.Length < ShortestStreet && (street.Length > 0 || postcode is null))
        {
            return (null, "too-short");
        }
        return (new AddressText(
            street.Length == 0 ? null : street,
            house.Success ? int.Parse(house.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null,
            house.Groups[2].Length > 0 ? house.Groups[2].Value.ToLowerInvariant() : null, postcode), null);
    }

    [GeneratedRegex(@"[,;\s]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"(?<!\S)([0-9]{3}) ?([0-9]{2})(?!\S)")]
    private static partial Regex PostcodeIn();

    [GeneratedRegex(@"(?<=\D )([0-9]{1,5}) ?([\p{L}])?(?!\S)")]
    private static partial Regex HouseNumber();
}
