using System.Buffers;
using System.Text.RegularExpressions;

namespace Ums.Geocoding.Search;

/// <summary>What the parts of an address look like, and what stands in one that is none of them.</summary>
internal static partial class AddressPatterns
{
    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static readonly SearchValues<char> DigitsAndMarks = SearchValues.Create("0123456789,/.");

    // At the beginning, after a comma, or after a house number.
    [GeneratedRegex(@"(?:^|,\s*|(?<=[0-9]\s?\p{L}?)\s+)(?:no?[- ]?)?(?<code>[0-9]{4})\s+(?<place>\p{L}[^,0-9]*?)\s*(?:,|$)", RegexOptions.IgnoreCase)]
    public static partial Regex FourDigitsAndWords();

    [GeneratedRegex(@"\bc/o\b[^,]*(,|$)", RegexOptions.IgnoreCase)]
    public static partial Regex CareOf();

    [GeneratedRegex(@"\b(lgh|lägenhet|läg)\b\.?\s*[0-9]{1,4}\b|\b[0-9]{1,2}\s*tr(appor)?\b\.?|\bvån(ing)?\b\.?\s*[0-9]{1,2}\b|\b(nr|nummer|n:o|no)\.?(?=\s*[0-9])|#(?=\s*[0-9])|\b(bv|nb|ög|uh)\b\.?", RegexOptions.IgnoreCase)]
    public static partial Regex Unit();

    [GeneratedRegex(@"[\s,]+(sverige|sweden)\s*$", RegexOptions.IgnoreCase)]
    public static partial Regex Country();

    [GeneratedRegex(@"(?<![0-9])(\bse?[- ]?)?(?<a>[1-9][0-9]{2})\s?(?<b>[0-9]{2})(?![0-9])", RegexOptions.IgnoreCase)]
    public static partial Regex Postcode();

    [GeneratedRegex(@"(?<number>[0-9]{1,5})\s*[-:.]?\s*(?<letter>\p{L})?(?!\p{L})")]
    public static partial Regex NumberWithLetter();

    [GeneratedRegex(@"^(?=(?:[0-9]{1,2}:[ae]\s)?[^0-9]*\p{L})(?<street>(?:[0-9]{1,2}:[ae]\s)?[^0-9]+)(?<number>[0-9]{1,4})(?:\s?[-:.]?\s?(?<letter>\p{L})(?!\p{L}))?(?![0-9])(?<rest>(?:[^:0-9].*)?)$")]
    public static partial Regex StreetThenNumber();

    [GeneratedRegex(@"^(?<number>[0-9]{1,4})(?:\s?(?<letter>\p{L})(?!\p{L}))?[\s,]+(?<street>\p{L}[^0-9]*)(?<rest>)$")]
    public static partial Regex NumberThenStreet();

    [GeneratedRegex(@"(?<![\p{L}0-9])(?<number>[0-9]{1,5})\s?(?<letter>\p{L}?)\s*$")]
    public static partial Regex NumberAtTheEnd();

    [GeneratedRegex(@"^\s*-\s*[0-9]{1,4}\s?(\p{L}(?!\p{L}))?")]
    public static partial Regex NumberRange();
}
