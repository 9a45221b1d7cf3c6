using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>How a typed street name became the street's own: nothing to correct, or what had to be.</summary>
internal enum Correction : byte
{
    None,
    Abbreviation,
    Diacritics,
    Typo,
    Unfinished,
    Guess,
}

/// <param name="Cost">In edits: 1 is one letter wrong.</param>
internal readonly record struct StreetFit(Correction Correction, float Cost)
{
    private const float AssumedCost = 0.3f, HeardAlikeCost = 0.6f, DiacriticsCost = 0.1f, PartCost = 0.7f, PartCostByLetter = 0.06f, SurplusCostByLetter = 0.15f, WordsCost = 0.5f;

    /// <summary>How many letters two names may differ in and still sound much alike.</summary>
    private const int HeardOtherwise = 2;

    public static StreetFit None { get; } = new(Correction.Guess, float.MaxValue);

    /// <summary>What may be corrected without asking, when everything else agrees.</summary>
    public bool Safe => Correction <= Correction.Typo;

    /// <summary>Whether a key with these letters can fit at all.</summary>
    public static bool IsPossible(Reading reading, ulong mask, float limit) => MayBeNear(reading, mask, limit) || MayBePart(reading.Plain, mask);

    /// <summary>The best of the readings against a plain key.</summary>
    /// <param name="mask">Of the key; see <see cref="LetterCodes.MaskOf"/>.</param>
    /// <param name="limit">What costs more need not be told apart.</param>
    public static StreetFit Of(ReadOnlySpan<Reading> readings, ReadOnlySpan<byte> plain, ulong mask, float limit)
    {
        var best = None;
        foreach (var reading in readings)
        {
            var fit = Of(reading, plain, mask, Math.Min(limit, best.Cost));
            best = fit.Cost < best.Cost ? fit : best;
        }

        return best;
    }

    /// <summary>
    /// The same for one of the names behind the plain key. å, ä and ö are letters: Häggatan is not Haggatan, and where both exist the one
    /// typed stands first.
    /// </summary>
    public StreetFit ForName(ReadOnlySpan<Reading> readings, ReadOnlySpan<byte> key)
    {
        if (Correction > Correction.Abbreviation)
        {
            return this;
        }

        foreach (var reading in readings)
        {
            if (reading.Assumed == (Correction == Correction.Abbreviation) && reading.Key.SequenceEqual(key))
            {
                return this;
            }
        }

        return new StreetFit(Correction.Diacritics, Cost + DiacriticsCost);
    }

    /// <summary>The same where only some of the name's words were compared.</summary>
    public StreetFit AsPart() => new(Correction == Correction.Guess ? Correction.Guess : Correction.Unfinished, Cost + WordsCost);

    private static StreetFit Of(Reading reading, ReadOnlySpan<byte> plain, ulong mask, float limit)
    {
        var assumed = reading.Assumed ? AssumedCost : 0;
        var cost = float.MaxValue;
        if (MayBeNear(reading, mask, limit))
        {
            var edits = reading.Plain.DistanceTo(plain);
            if (edits == 0)
            {
                return new StreetFit(reading.Assumed ? Correction.Abbreviation : Correction.None, assumed);
            }

            cost = edits <= limit + HeardOtherwise ? Math.Min(edits, reading.HeardDistanceTo(plain) + HeardAlikeCost) : edits;
            if (cost <= EditsAllowed(Math.Min(reading.Plain.Length, plain.Length)))
            {
                return new StreetFit(Correction.Typo, cost + assumed);
            }
        }

        var part = PartOf(reading.Plain, plain, mask);
        return part < cost ? new StreetFit(Correction.Unfinished, part + assumed)
            : cost < float.MaxValue ? new StreetFit(Correction.Guess, cost + assumed)
            : None;
    }

    // "Sankt Er" and "Jarlsgatan" are parts of names; "Villa Solbacken, Storgatan" has one in it.
    private static float PartOf(LetterPattern typed, ReadOnlySpan<byte> plain, ulong mask)
    {
        if (!MayBePart(typed, mask))
        {
            return float.MaxValue;
        }

        var part = typed.Length < plain.Length ? typed.Codes : plain;
        var whole = typed.Length < plain.Length ? plain : typed.Codes;
        var isPart = part.Length >= 3 && (whole.StartsWith(part) || (part.Length >= 5 && part.Length * 2 >= whole.Length && whole.EndsWith(part)));
        var byLetter = typed.Length < plain.Length ? PartCostByLetter : SurplusCostByLetter;
        return isPart ? PartCost + (byLetter * (whole.Length - part.Length)) : float.MaxValue;
    }

    private static bool MayBeNear(Reading reading, ulong mask, float limit) =>
        reading.Plain.MayBeWithin((int)Math.Min(limit, LetterCodes.Longest) + HeardOtherwise, mask);

    private static bool MayBePart(LetterPattern typed, ulong mask) => (typed.Mask & ~mask) == 0 || (mask & ~typed.Mask) == 0;

    private static int EditsAllowed(int length) => length switch { < 5 => 0, < 9 => 1, < 14 => 2, _ => 3 };
}
