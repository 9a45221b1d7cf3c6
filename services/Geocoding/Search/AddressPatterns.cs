using System.Buffers;
using System.Text.RegularExpressions;

namespace Ums.Geocoding.Search;

/// <summary>What the parts of an address look like, and what stands in one that is none of them.</summary>
internal static partial class AddressPatterns
{
    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static readonly SearchValues<char> DigitsAndSpace = SearchValues.Create("0123456789 ");

    public static readonly SearchValues<char> DigitsAndMarks = SearchValues.Create("0123456789,/.");

    // At the beginning, after a comma, or after a house number.
    [GeneratedRegex(@"(?:^|,\s*|(?<=\d\s?\p{L}?)\s+)(?:no?[- ]?)?(?<code>\d{4})\s+(?<place>\p{L}[^,\d]*?)\s*(?:,|$)", RegexOptions.IgnoreCase)]
    public static partial Regex FourDigitsAndWords();

    [GeneratedRegex(@"\bc/o\b[^,]*(,|$)", RegexOptions.IgnoreCase)]
    public static partial Regex CareOf();

    [GeneratedRegex(@"\b(lgh|lägenhet|läg)\b\.?\s*\d{1,4}\b|\b\d{1,2}\s*tr(appor)?\b\.?|\bvån(ing)?\b\.?\s*\d{1,2}\b|\b(nr|nummer|n:o|no)\.?(?=\s*\d)|#(?=\s*\d)|\b(bv|nb|ög|uh)\b\.?", RegexOptions.IgnoreCase)]
    public static partial Regex Unit();

    [GeneratedRegex(@"[\s,]+(sverige|sweden)\s*$", RegexOptions.IgnoreCase)]
    public static partial Regex Country();

    [GeneratedRegex(@"(?<![\d])(\bse?[- ]?)?(?<a>[1-9]\d{2})\s?(?<b>\d{2})(?!\d)", RegexOptions.IgnoreCase)]
    public static partial Regex Postcode();

    [GeneratedRegex(@"(?<number>\d{1,5})\s*[-:.]?\s*(?<letter>\p{L})?(?!\p{L})")]
    public static partial Regex NumberWithLetter();

    [GeneratedRegex(@"^(?=(?:\d{1,2}:[ae]\s)?\D*\p{L})(?<street>(?:\d{1,2}:[ae]\s)?\D+)(?<number>\d{1,4})(?:\s?[-:.]?\s?(?<letter>\p{L})(?!\p{L}))?(?!\d)(?<rest>(?:[^:\d].*)?)$")]
    public static partial Regex StreetThenNumber();

    [GeneratedRegex(@"^(?<number>\d{1,4})(?:\s?(?<letter>\p{L})(?!\p{L}))?[\s,]+(?<street>\p{L}[^\d]*)(?<rest>)$")]
    public static partial Regex NumberThenStreet();

    [GeneratedRegex(@"(?<![\p{L}\d])(?<number>\d{1,5})\s?(?<letter>\p{L}?)\s*$")]
    public static partial Regex NumberAtTheEnd();

    [GeneratedRegex(@"^\s*-\s*\d{1,4}\s?(\p{L}(?!\p{L}))?")]
    public static partial Regex NumberRange();
}
