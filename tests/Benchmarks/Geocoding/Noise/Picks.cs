using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>Addresses of which something is true that a kind of noise needs.</summary>
internal sealed class Picks(Atlas atlas)
{
    private readonly Street[] norwegian = [.. atlas.Streets.Where(street => street.Norwegian)];

    // The same name in two places of a municipality.
    private readonly Street[] twins = [.. atlas.Streets.GroupBy(street => (street.Municipality, street.Norwegian, street.Loose)).Where(group => group.Count() > 1).SelectMany(group => group)];

    // Björkgatan and Björkvägen in one place.
    private readonly Street[] siblings = [.. atlas.Streets.Where(street => Stem(street).Length > 2).GroupBy(street => (street.Municipality, street.Place, Stem(street)))
        .Where(group => group.Count() > 1).SelectMany(group => group)];

    public Door? Any(Dice dice) => atlas.AnyDoor(dice);

    public Door? Numbered(Dice dice) => First(() => atlas.AnyDoor(dice), door => door.Number > 0);

    /// <summary>A farm: a name and no number.</summary>
    public Door? Farm(Dice dice) => First(() => atlas.AnyDoor(dice), door => door.Number == 0);

    public Door? Norwegian(Dice dice) => On(norwegian, dice);

    public Door? Twin(Dice dice) => On(twins, dice);

    public Door? Sibling(Dice dice) => On(siblings, dice);

    /// <summary>One of several doors of a house that all have letters.</summary>
    public Door? Lettered(Dice dice) => First(() => atlas.AnyDoor(dice), door => door.Letter is not null && IsOneOfLettered(door));

    private bool IsOneOfLettered(Door door)
    {
        var (same, bare) = (0, false);
        foreach (var other in atlas.On(atlas.Streets[door.Street]))
        {
            same += other.Number == door.Number ? 1 : 0;
            bare |= other.Number == door.Number && other.Letter is null;
        }

        return same > 1 && !bare;
    }

    private Door? On(Street[] streets, Dice dice)
    {
        if (streets.Length == 0)
        {
            return null;
        }

        var doors = atlas.On(dice.Pick(streets));
        return doors[dice.Between(0, doors.Length - 1)];
    }

    private static Door? First(Func<Door> draw, Func<Door, bool> wanted)
    {
        for (var attempt = 0; attempt < 5000; attempt++)
        {
            var door = draw();
            if (wanted(door))
            {
                return door;
            }
        }

        return null;
    }

    private static string Stem(Street street) => Fold.Loose(street.Name[..^Abbreviations.EndingOf(street.Name)]) is var stem && stem.Length < street.Loose.Length ? stem : "";
}
