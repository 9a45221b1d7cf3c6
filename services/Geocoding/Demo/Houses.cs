using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>A house on a street, before it is an address.</summary>
internal readonly record struct House(int Number, string? Letter, Position Position);

/// <summary>Sets houses along a line as Swedish streets are numbered: from one end, odd on the left, even on the right.</summary>
internal static class Houses
{
    private const double ClearOfCrossing = 16;

    public static IEnumerable<House> Along(IReadOnlyList<Position> path, double spacing, double setback, double entrances, Dice dice)
    {
        var length = path.Zip(path.Skip(1)).Sum(piece => Ground.Metres(piece.First, piece.Second));
        var number = 1;
        for (var at = ClearOfCrossing; at <= length - ClearOfCrossing; at += spacing * dice.Between(0.85, 1.15), number += 2)
        {
            foreach (var right in new[] { false, true })
            {
                if (!dice.Chance(0.05))
                {
                    foreach (var house in EntrancesOf(path, at, number + (right ? 1 : 0), right ? -setback : setback, entrances, dice))
                    {
                        yield return house;
                    }
                }
            }
        }
    }

    private static IEnumerable<House> EntrancesOf(IReadOnlyList<Position> path, double at, int number, double setback, double entrances, Dice dice)
    {
        if (!dice.Chance(entrances))
        {
            yield return new House(number, null, Beside(path, at, setback));
            yield break;
        }

        var count = dice.Between(2, 4);
        for (var entrance = 0; entrance < count; entrance++)
        {
            yield return new House(number, ((char)('a' + entrance)).ToString(), Beside(path, at + (5 * (entrance - (count / 2.0))), setback));
        }
    }

    /// <param name="at">Metres from the start of the line.</param>
    /// <param name="setback">Metres to the left of it; negative to the right.</param>
    public static Position Beside(IReadOnlyList<Position> path, double at, double setback)
    {
        var left = at;
        for (var piece = 1; ; piece++)
        {
            var length = Ground.Metres(path[piece - 1], path[piece]);
            if (left <= length || piece == path.Count - 1)
            {
                var (east, north) = Ground.Between(path[piece - 1], path[piece]);
                var (alongX, alongY) = (east / length, north / length);
                return Ground.Offset(path[piece - 1], (alongX * left) - (alongY * setback), (alongY * left) + (alongX * setback));
            }

            left -= length;
        }
    }
}
