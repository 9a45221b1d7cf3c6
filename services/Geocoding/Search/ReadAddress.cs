using System.Globalization;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>
/// Takes a typed address apart, whichever field each thing was typed in. The steps run in this order because a postcode would otherwise
/// be taken for a house number, and a floor or flat too.
/// </summary>
internal static class ReadAddress
{
    private static readonly Action<TypedAddress, IKnownNames>[] Steps =
        [DropWhatIsNotAddress, TakePostcode, TakeNorwegianPostcode, TakeNumberField, TakeNumberFromStreet, TakePlaceFromParts, TakeKnownPlaceAtTheEnd];

    /// <param name="typed">The fields; everything may stand in the street alone.</param>
    /// <param name="known">Tells the place at the end of a line without a comma from the street before it.</param>
    public static AddressQuery Read(AddressFields typed, IKnownNames known)
    {
        var draft = new TypedAddress(typed);
        foreach (var step in Steps)
        {
            step(draft, known);
        }

        return draft.ToQuery();
    }

    private static void DropWhatIsNotAddress(TypedAddress typed, IKnownNames known)
    {
        // A name alone has none of it, and most of what is typed is a name alone.
        if (typed.Street.AsSpan().IndexOfAny(AddressPatterns.DigitsAndMarks) >= 0)
        {
            typed.Street = Trim(AddressPatterns.CareOf().Replace(AddressPatterns.Unit().Replace(AddressPatterns.Country().Replace(typed.Street, " "), " "), " "));
        }

        if (typed.Number.AsSpan().ContainsAnyExcept(AddressPatterns.Digits))
        {
            typed.Number = Trim(AddressPatterns.Unit().Replace(typed.Number, " "));
        }

        if (typed.Place.Contains(' ', StringComparison.Ordinal) || typed.Place.Contains(',', StringComparison.Ordinal))
        {
            typed.Place = Trim(AddressPatterns.Country().Replace(typed.Place, " "));
        }
    }

    private static void TakePostcode(TypedAddress typed, IKnownNames known)
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
        typed.IsUnclear |= typed.Postcode is not null && IsMoreThanThePlace(typed);
        typed.Place = typed.Postcode is null ? typed.Place : Trim(typed.Place.Replace(typed.Postcode, "", StringComparison.Ordinal));
    }

    // "113 43 Stockholm" may stand there; "113 434" and "113 43x" are something else.
    private static bool IsMoreThanThePlace(TypedAddress typed) =>
        typed.PostcodeField.AsSpan().IndexOfAny(AddressPatterns.Digits) >= 0
        || (typed.Place.Length > 0 && HasWords(typed.PostcodeField) && NameKey.PlainOf(typed.PostcodeField) != NameKey.PlainOf(typed.Place));

    private static bool IsPostcodeAlone(string text) =>
        text is [>= '1' and <= '9', _, _, _, _] or [>= '1' and <= '9', _, _, ' ', _, _]
        && !text.AsSpan(0, 3).ContainsAnyExcept(AddressPatterns.Digits) && !text.AsSpan(text.Length == 5 ? 3 : 4).ContainsAnyExcept(AddressPatterns.Digits);

    // Four digits may be a house number too; before a place that is known they are not.
    private static void TakeNorwegianPostcode(TypedAddress typed, IKnownNames known)
    {
        if (typed.Postcode is not null || typed.Place.Length > 0 || typed.Street.AsSpan().IndexOfAny(AddressPatterns.Digits) < 0)
        {
            return;
        }

        var found = AddressPatterns.FourDigitsAndWords().Match(typed.Street);
        if (found.Success && known.IsPlace(NameKey.PlainOf(found.Groups["place"].Value)))
        {
            typed.Postcode = found.Groups["code"].Value;
            typed.Place = Trim(found.Groups["place"].Value);
            typed.Street = Trim(typed.Street.Remove(found.Index, found.Length));
        }
    }

    private static string TakePostcodeFrom(TypedAddress typed, string text, bool always = false)
    {
        if (IsPostcodeAlone(text))
        {
            typed.Postcode = text.Length == 5 ? text : text[..3] + text[4..];
            return "";
        }

        if (text.AsSpan().IndexOfAny(AddressPatterns.Digits) < 0 || (typed.Postcode is not null && !always))
        {
            return text;
        }

        var found = AddressPatterns.Postcode().Match(text);
        if (!found.Success)
        {
            return text;
        }

        typed.Postcode = found.Groups["a"].Value + found.Groups["b"].Value;
        return Trim(text.Remove(found.Index, found.Length).Insert(found.Index, ", "));
    }

    private static void TakeNumberField(TypedAddress typed, IKnownNames known)
    {
        if (typed.Number.Length == 0)
        {
            return;
        }

        var found = AddressPatterns.NumberWithLetter().Match(typed.Number);
        if (found.Success)
        {
            typed.SetNumber(found);
            typed.IsUnclear |= HasWords(typed.Number[..found.Index]) || HasWords(typed.Number[(found.Index + found.Length)..]);
            if (typed.Street.AsSpan().IndexOfAny(AddressPatterns.Digits) >= 0)
            {
                typed.Street = WithoutTheNumberAgain(typed);
            }
        }
    }

    private static void TakeNumberFromStreet(TypedAddress typed, IKnownNames known)
    {
        if (typed.HouseNumber is not null || typed.Street.AsSpan().IndexOfAny(AddressPatterns.Digits) < 0)
        {
            return;
        }

        var found = AddressPatterns.StreetThenNumber().Match(typed.Street) is { Success: true } usual ? usual : AddressPatterns.NumberThenStreet().Match(typed.Street);
        if (!found.Success)
        {
            return;
        }

        typed.SetNumber(found);
        // The number field may hold the letter alone.
        typed.Letter ??= typed.Number is [var only] && char.IsLetter(only) ? typed.Number.ToLowerInvariant() : null;
        typed.Street = Trim(found.Groups["street"].Value);
        var rest = Trim(AddressPatterns.NumberRange().Replace(found.Groups["rest"].Value, ""));
        if (typed.Place.Length == 0 && rest.Any(char.IsLetter))
        {
            typed.Place = rest;
        }
        else
        {
            typed.IsUnclear |= HasWords(rest);
        }
    }

    /// <summary>Of the parts between commas one is the place: the last that is known to be one, and not the only one with the street's name.</summary>
    private static void TakePlaceFromParts(TypedAddress typed, IKnownNames known)
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

    private static void TakeKnownPlaceAtTheEnd(TypedAddress typed, IKnownNames known)
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

    private static bool HasWords(string text) => text.Any(char.IsLetterOrDigit);

    private static string Trim(string text) => text.Trim(' ', ',', ';', '.', '-') is var trimmed && text.TrimEnd().EndsWith('.') ? trimmed + "." : trimmed;

    // "Storgatan 12" in the street field, and 12 once more in the number field.
    private static string WithoutTheNumberAgain(TypedAddress typed)
    {
        var again = AddressPatterns.NumberAtTheEnd().Match(typed.Street);
        var same = again.Success && int.Parse(again.Groups["number"].Value, CultureInfo.InvariantCulture) == typed.HouseNumber
            && (again.Groups["letter"].Length == 0 || again.Groups["letter"].Value.Equals(typed.Letter, StringComparison.OrdinalIgnoreCase));
        return same ? Trim(typed.Street[..again.Index]) : typed.Street;
    }
}
