namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>What happens to number, postcode and place.</summary>
internal static class PlaceFaults
{
    private static readonly string[] Districts =
    [
        "Centrum", "Norra Berget", "Söderstaden", "Västra Hamnen", "Innerstaden", "Ekbacken", "Gamla stan", "Nya Lugnet", "Kyrkbyn", "Östermalm", "Haga", "Hagaby", "Bruket", "Sjöstaden",
        "Lillåstaden", "Tallkrogen", "Solhöjden", "Djupängen", "Norrmalm", "Villastaden", "Stationssamhället", "Fågelhöjden",
    ];

    public static bool NumberFormat(Draft draft)
    {
        if (draft.Number is not { } number)
        {
            return false;
        }

        var letter = draft.Letter;
        draft.NumberText = letter is null
            ? draft.Dice.Pick<string>([$"nr {number}", $"nr. {number}", $"{number}.", $"0{number}", $"Nr{number}", $"# {number}"])
            : draft.Dice.Pick<string>([$"{number} {Small(letter)}", $"{number}-{letter}", $"{number}{Small(letter)}", $"{number} {letter}", $"nr {number}{letter}", $"{number}:{letter}", $"{number}  {letter}"]);
        return true;
    }

    public static bool WrongPostcode(Draft draft) => draft.Postcode is not null && Digits(draft, draft.Dice.Chance(0.25) ? 0 : 1);

    public static bool TwoDigitsWrong(Draft draft) => draft.Postcode is not null && Digits(draft, 2);

    /// <summary>One that there is no longer, from the same part of the country.</summary>
    public static bool OldPostcode(Draft draft)
    {
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var keep = attempt < 15 ? 3 : 2;
            var old = draft.Door.Postcode[..keep] + string.Concat(Enumerable.Range(0, draft.Door.Postcode.Length - keep).Select(_ => (char)('0' + draft.Dice.Between(0, 9))));
            if (!draft.Atlas.PostcodesTaken.Contains(old))
            {
                draft.Postcode = old;
                return true;
            }
        }

        return false;
    }

    public static bool NoPostcode(Draft draft)
    {
        draft.Postcode = null;
        return true;
    }

    public static bool NoPlace(Draft draft)
    {
        draft.Place = null;
        return true;
    }

    public static bool WrongPlace(Draft draft)
    {
        var neighbours = draft.Atlas.ByMunicipality[(draft.Street.Municipality, draft.Norwegian)];
        draft.Place = draft.Dice.Chance(0.5)
            ? draft.Dice.Pick(draft.Atlas.Places).Place
            : draft.Dice.Pick(neighbours.Select(street => street.Place).Distinct().ToList());
        return draft.Place != draft.Street.Place;
    }

    public static bool PlaceTypo(Draft draft)
    {
        var before = draft.Place;
        draft.Place = before is null ? null : Typos.Slip(draft.Dice, before, draft.Norwegian);
        return draft.Place != before;
    }

    public static bool Municipality(Draft draft)
    {
        draft.Place = draft.Atlas.MunicipalityName(draft.Street);
        if (draft.Place is null || Fold.Loose(draft.Place) == draft.Street.PlaceLoose)
        {
            return false;
        }

        draft.Place += draft.Dice.Chance(0.2) ? " kommun" : "";
        return true;
    }

    /// <summary>A part of the town that no postman knows, or the place next door.</summary>
    public static bool District(Draft draft)
    {
        draft.Place = draft.Dice.Pick(Districts);
        return draft.Dice.Chance(0.6) || WrongPlace(draft);
    }

    public static bool UnknownNumber(Draft draft)
    {
        var doors = draft.Atlas.On(draft.Street).ToArray();
        var has = doors.Select(door => door.Number).ToHashSet();
        var number = draft.Dice.Between(1, has.Max() + 9);
        (draft.Number, draft.Letter) = (number, null);
        return draft.Door.Number > 0 && !has.Contains(number);
    }

    public static bool NoNumber(Draft draft)
    {
        (draft.Number, draft.Letter) = (null, null);
        return draft.Door.Number > 0;
    }

    public static bool NoLetter(Draft draft)
    {
        draft.Letter = null;
        return draft.Door.Letter is not null;
    }

    public static bool FlatAndFloor(Draft draft)
    {
        var dice = draft.Dice;
        draft.Extra = dice.Pick<string>([$" lgh {dice.Between(10, 15)}0{dice.Between(1, 6)}", $", {dice.Between(1, 6)} tr", $" {dice.Between(1, 6)}tr", " bv", $" vån {dice.Between(1, 7)}", $", lgh {dice.Between(1, 40)}"]);
        draft.Layout = dice.Chance(0.5) ? Layouts.NumberInStreet : Layouts.Fields;
        return draft.Number is not null;
    }

    private static bool Digits(Draft draft, int wrong)
    {
        var digits = draft.Postcode!.ToCharArray();
        if (wrong == 0)
        {
            var at = draft.Dice.Between(1, digits.Length - 2);
            (digits[at], digits[at + 1]) = (digits[at + 1], digits[at]);
        }

        foreach (var at in Enumerable.Range(1, digits.Length - 1).OrderBy(_ => draft.Dice.Roll()).Take(wrong).ToList())
        {
            digits[at] = (char)('0' + ((digits[at] - '0' + draft.Dice.Between(1, 9)) % 10));
        }

        draft.Postcode = new string(digits);
        return draft.Postcode != draft.Door.Postcode;
    }

    private static string Small(string letter) => letter.ToLowerInvariant();
}
