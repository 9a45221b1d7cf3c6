using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>
/// Takes a typed address apart, whichever field each thing was typed in. The steps run in this order because a postcode would otherwise
/// be taken for a house number, and a floor or flat too.
/// </summary>
internal static partial class ReadAddress
{
    private static readonly Action<Typed, IKnownNames>[] Steps =
        [DropWhatIsNotAddress, TakePostcode, TakeNorwegianPostcode, TakeNumberField, TakeNumberFromStreet, TakePlaceFromParts, TakeKnownPlaceAtTheEnd];

    /// <param name="typed">The fields; everything may stand in the street alone.</param>
    /// <param name="known">Tells the place at the end of a line without a comma from the street before it.</param>
    public static AddressQuery Read(AddressFields typed, IKnownNames known)
    {
        var draft = new Typed(typed);
        foreach (var step in Steps)
        {
            step(draft, known);
        }

        return draft.ToQuery();
    }

    private static void DropWhatIsNotAddress(Typed typed, IKnownNames known)
    {
        // A name alone has none of it, and most of what is typed is a name alone.
        if (typed.Street.AsSpan().IndexOfAny(DigitsAndMarks) >= 0)
        {
            typed.Street = Trim(CareOf().Replace(Unit().Replace(Country().Replace(typed.Street, " "), " "), " "));
        }

        if (typed.Number.AsSpan().ContainsAnyExcept(Digits))
        {
            typed.Number = Trim(Unit().Replace(typed.Number, " "));
        }

        if (typed.Place.Contains(' ', StringComparison.Ordinal) || typed.Place.Contains(',', StringComparison.Ordinal))
        {
            typed.Place = Trim(Country().Replace(typed.Place, " "));
        }
    }

    private static void TakePostcode(Typed typed, IKnownNames known)
    {
        typed.Place = TakePostcodeFrom(typed, typed.Place);
        typed.PostcodeField = TakePostcodeFrom(typed, typed.PostcodeField, always: true);
        typed.Street = typed.Postcode is null ? TakePostcodeFrom(typed, typed.Street) : typed.Street;
        if (typed.Place.Length == 0 && typed.PostcodeField.Any(char.IsLetter))
        {
            typed.Place = Trim(typed.PostcodeField);
        }

        // Four digits, or six: still worth comparing with the right ones.
        typed.Postcode ??= string.Concat(typed.PostcodeField.Where(char.IsAsciiDigit)) is { Length: >= 3 and <= 6 } digits ? digits : null;
        typed.Place = typed.Postcode is null ? typed.Place : Trim(typed.Place.Replace(typed.Postcode, "", StringComparison.Ordinal));
    }

    private static bool IsPostcodeAlone(string text) =>
        text is [>= '1' and <= '9', _, _, ' ', _, _] or [>= '1' and <= '9', _, _, _, _] && !text.AsSpan().ContainsAnyExcept(DigitsAndSpace) && text.AsSpan(4).IndexOf(' ') < 0;

    // Four digits may be a house number too; before a place that is known they are not.
    private static void TakeNorwegianPostcode(Typed typed, IKnownNames known)
    {
        if (typed.Postcode is not null || typed.Place.Length > 0 || typed.Street.AsSpan().IndexOfAny(Digits) < 0)
        {
            return;
        }

        var found = FourDigitsAndWords().Match(typed.Street);
        if (found.Success && known.IsPlace(NameKey.PlainOf(found.Groups["place"].Value)))
        {
            typed.Postcode = found.Groups["code"].Value;
            typed.Place = Trim(found.Groups["place"].Value);
            typed.Street = Trim(typed.Street.Remove(found.Index, found.Length));
        }
    }

    private static string TakePostcodeFrom(Typed typed, string text, bool always = false)
    {
        if (IsPostcodeAlone(text))
        {
            typed.Postcode = text.Length == 5 ? text : text[..3] + text[4..];
            return "";
        }

        if (text.AsSpan().IndexOfAny(Digits) < 0 || (typed.Postcode is not null && !always))
        {
            return text;
        }

        var found = Postcode().Match(text);
        if (!found.Success)
        {
            return text;
        }

        typed.Postcode = found.Groups["a"].Value + found.Groups["b"].Value;
        return Trim(text.Remove(found.Index, found.Length).Insert(found.Index, ", "));
    }

    private static void TakeNumberField(Typed typed, IKnownNames known)
    {
        if (typed.Number.Length == 0)
        {
            return;
        }

        var found = NumberWithLetter().Match(typed.Number);
        if (found.Success)
        {
            typed.SetNumber(found);
            if (typed.Street.AsSpan().IndexOfAny(Digits) >= 0)
            {
                typed.Street = WithoutTheNumberAgain(typed);
            }
        }
    }

    private static void TakeNumberFromStreet(Typed typed, IKnownNames known)
    {
        if (typed.HouseNumber is not null || typed.Street.AsSpan().IndexOfAny(Digits) < 0)
        {
            return;
        }

        var found = StreetThenNumber().Match(typed.Street) is { Success: true } usual ? usual : NumberThenStreet().Match(typed.Street);
        if (!found.Success)
        {
            return;
        }

        typed.SetNumber(found);
        // The number field may hold the letter alone.
        typed.Letter ??= typed.Number is [var only] && char.IsLetter(only) ? typed.Number.ToLowerInvariant() : null;
        typed.Street = Trim(found.Groups["street"].Value);
        var rest = Trim(NumberRange().Replace(found.Groups["rest"].Value, ""));
        if (typed.Place.Length == 0 && rest.Any(char.IsLetter))
        {
            typed.Place = rest;
        }
    }

    /// <summary>Of the parts between commas one is the place: the last that is known to be one, and not the only one with the street's name.</summary>
    private static void TakePlaceFromParts(Typed typed, IKnownNames known)
    {
        if (!typed.Street.Contains(',', StringComparison.Ordinal))
        {
            return;
        }

        var parts = typed.Street.Split(',').Select(Trim).Where(part => part.Length > 0).ToList();
        if (typed.Place.Length == 0 && parts.Count > 1)
        {
            var last = parts.FindLastIndex(part => known.IsPlace(NameKey.PlainOf(part)));
            var place = last < 0 ? parts.Count - 1 : last;
            typed.Place = parts[place];
            parts.RemoveAt(place);
        }

        typed.Street = string.Join(' ', parts);
    }

    private static void TakeKnownPlaceAtTheEnd(Typed typed, IKnownNames known)
    {
        // Stigen is a place in Dalsland, and Gamla stigen a street.
        var words = typed.Street.Split(' ');
        if (words.Length < 2 || typed.Place.Length > 0 || known.IsStreet(NameKey.PlainOf(typed.Street)))
        {
            return;
        }

        for (var length = Math.Min(3, words.Length - 1); length > 0 && typed.Place.Length == 0; length--)
        {
            var ending = string.Join(' ', words[^length..]);
            if (known.IsPlace(NameKey.PlainOf(ending)))
            {
                typed.Place = ending;
                typed.Street = Trim(string.Join(' ', words[..^length]));
            }
        }
    }

    private static string Trim(string text) => text.Trim(' ', ',', ';', '.', '-') is var trimmed && text.TrimEnd().EndsWith('.') ? trimmed + "." : trimmed;

    // "Storgatan 12" in the street field, and 12 once more in the number field.
    private static string WithoutTheNumberAgain(Typed typed)
    {
        var again = NumberAtTheEnd().Match(typed.Street);
        var same = again.Success && int.Parse(again.Groups["number"].Value, CultureInfo.InvariantCulture) == typed.HouseNumber
            && (again.Groups["letter"].Length == 0 || again.Groups["letter"].Value.Equals(typed.Letter, StringComparison.OrdinalIgnoreCase));
        return same ? Trim(typed.Street[..again.Index]) : typed.Street;
    }

    private sealed class Typed(AddressFields fields)
    {
        public string Street { get; set; } = TypedText.Clean(fields.Street);
        public string Number { get; set; } = TypedText.Clean(fields.Number);
        public string PostcodeField { get; set; } = TypedText.Clean(fields.Postcode);
        public string Place { get; set; } = TypedText.Clean(fields.Place);
        public int? HouseNumber { get; private set; }
        public string? Letter { get; set; }
        public string? Postcode { get; set; }

        public void SetNumber(Match found)
        {
            var number = int.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture);
            HouseNumber = number == 0 ? null : number;
            Letter = found.Groups["letter"] is { Success: true, Length: > 0 } letter ? letter.Value.ToLowerInvariant() : null;
        }

        public AddressQuery ToQuery() => new(Street, HouseNumber, Letter, Postcode, Place.Length == 0 ? null : Place);
    }

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private static readonly SearchValues<char> DigitsAndSpace = SearchValues.Create("0123456789 ");

    private static readonly SearchValues<char> DigitsAndMarks = SearchValues.Create("0123456789,/.");

    // At the beginning, after a comma, or after a house number.
    [GeneratedRegex(@"(?:^|,\s*|(?<=\d\s?\p{L}?)\s+)(?:no?[- ]?)?(?<code>\d{4})\s+(?<place>\p{L}[^,\d]*?)\s*(?:,|$)", RegexOptions.IgnoreCase)]
    private static partial Regex FourDigitsAndWords();

    [GeneratedRegex(@"\bc/o\b[^,]*(,|$)", RegexOptions.IgnoreCase)]
    private static partial Regex CareOf();

    [GeneratedRegex(@"\b(lgh|lägenhet|läg)\b\.?\s*\d{1,4}\b|\b\d{1,2}\s*tr(appor)?\b\.?|\bvån(ing)?\b\.?\s*\d{1,2}\b|\b(nr|nummer|n:o|no)\.?(?=\s*\d)|#(?=\s*\d)|\b(bv|nb|ög|uh)\b\.?", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"[\s,]+(sverige|sweden)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Country();

    [GeneratedRegex(@"(?<![\d])(\bse?[- ]?)?(?<a>[1-9]\d{2})\s?(?<b>\d{2})(?!\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"(?<number>\d{1,5})\s*[-:.]?\s*(?<letter>\p{L})?(?!\p{L})")]
    private static partial Regex NumberWithLetter();

    [GeneratedRegex(@"^(?=(?:\d{1,2}:[ae]\s)?\D*\p{L})(?<street>(?:\d{1,2}:[ae]\s)?\D+)(?<number>\d{1,4})(?:\s?[-:.]?\s?(?<letter>\p{L})(?!\p{L}))?(?!\d)(?<rest>(?:[^:\d].*)?)$")]
    private static partial Regex StreetThenNumber();

    [GeneratedRegex(@"^(?<number>\d{1,4})(?:\s?(?<letter>\p{L})(?!\p{L}))?[\s,]+(?<street>\p{L}[^\d]*)(?<rest>)$")]
    private static partial Regex NumberThenStreet();

    [GeneratedRegex(@"(?<![\p{L}\d])(?<number>\d{1,5})\s?(?<letter>\p{L}?)\s*$")]
    private static partial Regex NumberAtTheEnd();

    [GeneratedRegex(@"^\s*-\s*\d{1,4}\s?(\p{L}(?!\p{L}))?")]
    private static partial Regex NumberRange();
}
