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
    private const float AssumedCost = 0.3f, HeardAlikeCost = 0.6f, DiacriticsCost = 0.1f, PartCost = 0.7f, PartCostByLetter = 0.06f;

    public static StreetFit None { get; } = new(Correction.Guess, float.MaxValue);

    /// <summary>What may be corrected without asking, when everything else agrees.</summary>
    public bool Safe => Correction <= Correction.Typo;

    /// <summary>The best of the readings against a plain key.</summary>
    public static StreetFit Of(ReadOnlySpan<Reading> readings, ReadOnlySpan<byte> plain)
    {
        var best = None;
        foreach (var reading in readings)
        {
            var fit = Of(reading, plain);
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

    private static StreetFit Of(Reading reading, ReadOnlySpan<byte> plain)
    {
        var assumed = reading.Assumed ? AssumedCost : 0;
        var edits = reading.Plain.DistanceTo(plain);
        if (edits == 0)
        {
            return new StreetFit(reading.Assumed ? Correction.Abbreviation : Correction.None, assumed);
        }

        var cost = (float)edits;
        if (edits <= 6)
        {
            Span<byte> heard = stackalloc byte[SoundKey.Longest];
            cost = Math.Min(cost, reading.Heard.DistanceTo(heard[..SoundKey.Write(plain, heard)]) + HeardAlikeCost);
        }

        var shorter = Math.Min(reading.Plain.Length, plain.Length);
        if (cost <= EditsAllowed(shorter))
        {
            return new StreetFit(Correction.Typo, cost + assumed);
        }

        var part = PartOf(reading.Plain.Codes, plain);
        return part < cost ? new StreetFit(Correction.Unfinished, part + assumed) : new StreetFit(Correction.Guess, cost + assumed);
    }

    // "Sankt Er" and "Jarlsgatan" are parts of names; "Villa Solbacken, Storgatan" has one in it.
    private static float PartOf(ReadOnlySpan<byte> typed, ReadOnlySpan<byte> plain)
    {
        var part = typed.Length < plain.Length ? typed : plain;
        var whole = typed.Length < plain.Length ? plain : typed;
        var isPart = part.Length >= 3 && (whole.StartsWith(part) || (part.Length >= 5 && whole.EndsWith(part)));
        return isPart ? PartCost + (PartCostByLetter * (whole.Length - part.Length)) : float.MaxValue;
    }

    private static int EditsAllowed(int length) => length switch { < 5 => 0, < 9 => 1, < 14 => 2, _ => 3 };
}
