using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

internal enum NumberFit : byte
{
    Equal,
    /// <summary>The number is right and the entrance was not said.</summary>
    LetterOpen,
    LetterDiffers,
    /// <summary>Nobody typed a number, and the street has them.</summary>
    NotSaid,
    Differs,
}

/// <summary>How a house agrees with the typed number, and what it costs, in edits.</summary>
internal readonly record struct HouseFit(NumberFit Number, float Cost)
{
    /// <summary>The least that a wrong number costs, and a number where the address has none.</summary>
    public const float AnotherNumber = 1, WithoutNumber = 0.9f;

    public static HouseFit Of(AddressQuery query, int letterKey, HouseTable houses, int house)
    {
        var (typed, number) = (query.Number ?? 0, houses.NumberOf(house));
        if (typed == 0)
        {
            return number == 0 ? new(NumberFit.Equal, 0) : new(NumberFit.NotSaid, 0.2f);
        }

        if (typed != number)
        {
            return new(NumberFit.Differs, number == 0 ? WithoutNumber : AnotherNumber + Math.Min(0.3f, 0.01f * Math.Abs(typed - number)));
        }

        return letterKey == houses.LetterKeyOf(house) ? new(NumberFit.Equal, 0)
            : letterKey == 0 ? new(NumberFit.LetterOpen, 0.25f)
            : new(NumberFit.LetterDiffers, 0.7f);
    }
}
