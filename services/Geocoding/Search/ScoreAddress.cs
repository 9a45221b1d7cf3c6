namespace Ums.Geocoding.Search;

internal enum NumberFit
{
    Equal,
    /// <summary>The number is right and the entrance was not said.</summary>
    LetterOpen,
    LetterDiffers,
    /// <summary>Nobody typed a number, and the street has them.</summary>
    NotSaid,
    Differs,
}

/// <summary>Every field says by itself how well it agrees, from 0 to 1; no field can veto another. What was not typed is not counted.</summary>
internal static class ScoreAddress
{
    private const double StreetWeight = 0.55, NumberWeight = 0.2, PostcodeWeight = 0.15, PlaceWeight = 0.1;

    public static ScoredAddress Of(AddressQuery query, AddressCandidate address, StreetFit street)
    {
        var number = FitNumber(query, address);
        var postcode = query.Postcode is null ? 0 : PostcodeAgreement(query.Postcode, address.Postcode);
        var place = query.PlacePlain is null ? 0 : PlaceAgreement(query.PlacePlain, address.PlacePlain, address.Street.MunicipalityPlain);

        var points = (StreetWeight * street.Similarity * street.Similarity) + (PostcodeWeight * postcode) + (PlaceWeight * place);
        var possible = StreetWeight + (query.Postcode is null ? 0 : PostcodeWeight) + (query.PlacePlain is null ? 0 : PlaceWeight);
        if (query.Number is not null || address.Number is null)
        {
            points += NumberWeight * NumberAgreement(number, query, address);
            possible += NumberWeight;
        }

        return new ScoredAddress(address, street, number, postcode, place, points / possible);
    }

    private static NumberFit FitNumber(AddressQuery query, AddressCandidate address) => query switch
    {
        { Number: null } => address.Number is null ? NumberFit.Equal : NumberFit.NotSaid,
        _ when query.Number != address.Number => NumberFit.Differs,
        _ when string.Equals(query.Letter, address.Letter, StringComparison.OrdinalIgnoreCase) => NumberFit.Equal,
        { Letter: null } => NumberFit.LetterOpen,
        _ => NumberFit.LetterDiffers,
    };

    private static double NumberAgreement(NumberFit fit, AddressQuery query, AddressCandidate address) => fit switch
    {
        NumberFit.Equal => 1,
        NumberFit.LetterOpen => 0.9,
        NumberFit.LetterDiffers => 0.6,
        _ when address.Number is null || query.Number is null => 0.1,
        _ => Math.Abs(address.Number.Value - query.Number.Value) switch { <= 2 => 0.3, <= 10 => 0.2, _ => 0.1 },
    };

    private static double PostcodeAgreement(string typed, string postcode) => EditDistance.Between(typed, postcode) switch
    {
        0 => 1,
        1 => 0.6,
        _ when SharedStart(typed, postcode) >= 3 => 0.5,
        _ when SharedStart(typed, postcode) == 2 => 0.25,
        _ => 0,
    };

    private static int SharedStart(string left, string right) => left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();

    // People write the municipality, or the town next door, where the post office writes something else.
    private static double PlaceAgreement(string typed, string place, string municipality)
    {
        if (typed == place)
        {
            return 1;
        }

        if (typed == municipality || typed == municipality + "kommun" || typed == municipality + "skommun")
        {
            return 0.85;
        }

        var edits = Math.Min(EditDistance.Between(typed, place), EditDistance.Between(typed, municipality));
        return typed.Length > 3 && edits <= (typed.Length > 7 ? 2 : 1) ? 0.8 : 0;
    }
}
