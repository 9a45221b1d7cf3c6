using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <param name="Metres">How far along the street.</param>
internal readonly record struct House(int? Number, string? Letter, double Metres);

/// <summary>Numbers as streets and villages have them.</summary>
internal static class Houses
{
    private const string Letters = "ABCDEFGHJKLM";

    public static IEnumerable<House> OnStreet(Dice dice, double usualLength)
    {
        var count = Math.Clamp((int)(usualLength * Math.Exp(0.8 * Normal(dice))), 2, 260);
        var (style, step) = (dice.Roll(), dice.Chance(0.15) ? 2 : 1);
        var number = step == 2 && dice.Chance(0.5) ? 2 : 1;
        for (var made = 0; made < count; number += step)
        {
            if (dice.Chance(0.09))
            {
                continue; // a plot that was never built on, or two made one
            }

            foreach (var letter in LettersAt(dice, style))
            {
                yield return new House(number, letter, number * 11 + (letter is null ? 0 : 6 * (letter[0] - 'A')));
                made++;
            }
        }
    }

    /// <summary>Numbers that count tens of metres from the road's beginning, as 1243.</summary>
    public static IEnumerable<House> OnRoad(Dice dice)
    {
        var count = dice.Between(3, 26);
        var number = dice.Chance(0.3) ? dice.Between(20, 1500) : dice.Between(1, 60);
        for (var made = 0; made < count; made++)
        {
            yield return new House(number, null, number * 10);
            if (dice.Chance(0.05))
            {
                yield return new House(number, "A", (number * 10) + 8);
            }

            number += dice.Between(1, 25);
        }
    }

    /// <summary>A village numbers its houses from 101 as they came.</summary>
    public static IEnumerable<House> InVillage(Dice dice)
    {
        var count = dice.Between(2, 34);
        var number = dice.Chance(0.6) ? 100 : dice.Between(0, 3) * 100;
        for (var made = 0; made < count; made++)
        {
            number += dice.Chance(0.7) ? 1 : dice.Between(2, 9);
            yield return new House(number, null, dice.Between(0.0, 900.0));
        }
    }

    public static double Normal(Dice dice) => Math.Sqrt(-2 * Math.Log(1 - dice.Roll())) * Math.Cos(2 * Math.PI * dice.Roll());

    private static IEnumerable<string?> LettersAt(Dice dice, double style)
    {
        // Rows of houses: a letter each and no number without. Blocks of flats: some doors. Villas: where a plot was divided.
        var lettered = style < 0.1 ? 0.9 : style < 0.4 ? 0.25 : 0.05;
        if (!dice.Chance(lettered))
        {
            return [null];
        }

        var letters = Letters.Take(dice.Between(2, style < 0.1 ? 8 : 4)).Select(letter => letter.ToString());
        return style >= 0.1 && dice.Chance(0.35) ? letters.Take(2).Prepend<string?>(null) : letters;
    }
}
