using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>
/// Names for Swedish streets, villages and farms. A few names are in hundreds of places, most in one; a quarter keeps to a theme and an ending, which is
/// what makes neighbours so easily mistaken for one another.
/// </summary>
internal sealed class SwedishNames(Words words, IReadOnlyList<string> places)
{
    private readonly Weighted<string> common = Weighted.Falling(words["common"], steepness: 0.8, flatTop: 4);
    private readonly Weighted<string> endings = Weighted.Read(words["ending"]);
    private readonly Weighted<string> before = Weighted.Read(words["before"]);
    private readonly string[] stems = words["stem"];
    private readonly string[] land = words["land"];
    private readonly string[] halves = words["half"];

    public string Street(Dice dice, Quarter quarter) => dice.Roll() switch
    {
        < 0.17 => common.Draw(dice),
        < 0.44 => Themed(dice, quarter),
        < 0.51 => Words.Join(dice.Pick(stems), endings.Draw(dice)),
        < 0.82 => Words.Join(Locality(dice), endings.Draw(dice)),
        < 0.87 => Person(dice),
        < 0.91 => $"{before.Draw(dice)} {(dice.Chance(0.4) ? common.Draw(dice) : Words.Join(Locality(dice), endings.Draw(dice)))}",
        < 0.935 => Saint(dice),
        < 0.965 => Towards(dice),
        _ => Spaced(dice),
    };

    /// <summary>A road in the country: after a village, a farm or the place it leads to.</summary>
    public string Road(Dice dice) => dice.Roll() switch
    {
        < 0.6 => Words.Join(Locality(dice), "vägen"),
        < 0.8 => Words.Join(Farm(dice), "vägen"),
        < 0.9 => Towards(dice),
        < 0.95 => Locality(dice) + " byväg",
        _ => $"{before.Draw(dice)} {Locality(dice)}vägen",
    };

    public string Village(Dice dice) => dice.Roll() switch
    {
        < 0.65 => Settlement(dice),
        < 0.9 => Farm(dice),
        _ => $"{before.Draw(dice)} {Settlement(dice)}",
    };

    public string Farm(Dice dice) => Words.Join(dice.Pick(words["farm"]), dice.Pick(words["farmend"]));

    /// <summary>The same beginning with another ending, or the other of Häggatan and Haggatan.</summary>
    public static string? Sibling(Dice dice, string name)
    {
        var ending = Endings.FirstOrDefault(ending => name.Length > ending.Length + 1 && name.EndsWith(ending, StringComparison.Ordinal));
        if (ending is null)
        {
            return null;
        }

        var stem = name[..^ending.Length];
        var other = dice.Pick(Endings);
        return other != ending ? stem + other : name.Contains("gg", StringComparison.Ordinal) ? name.Replace("ägg", "agg", StringComparison.Ordinal) : null;
    }

    private static readonly string[] Endings = ["gatan", "vägen", "stigen", "gränd", "backen"];

    private string Themed(Dice dice, Quarter quarter)
    {
        var stem = stems[(quarter.Theme + dice.Between(0, 13)) % stems.Length];
        return Words.Join(stem, dice.Chance(0.8) ? quarter.Ending : endings.Draw(dice));
    }

    // Stenbacks is what goes before an ending; a village is called Stenbacka or Stenmossen.
    private string Settlement(Dice dice) => Locality(dice) is var name && name.EndsWith('s') ? name[..^1] : name;

    private string Locality(Dice dice) => Words.Join(dice.Pick(land), dice.Pick(halves));

    private string Person(Dice dice)
    {
        var (first, last) = (dice.Pick(words["first"]), dice.Pick(words["last"]));
        var of = last.EndsWith('s') || last.EndsWith('z') ? last : last + "s";
        return dice.Roll() switch
        {
            < 0.45 => $"{first} {of} gata",
            < 0.8 => $"{first} {of} väg",
            < 0.87 => $"{of} gata",
            < 0.92 => $"{first} {of} torg",
            < 0.96 => $"{first} {of} plats",
            _ => $"{first} {of} gränd",
        };
    }

    private string Saint(Dice dice) => $"Sankt {dice.Pick(words["saint"])}{dice.Pick<string>(["gatan", "vägen", " gata", "gränd", "torget", " plan"])}";

    private string Towards(Dice dice)
    {
        var place = dice.Pick(places);
        return Words.Join(place.EndsWith('a') || place.EndsWith('e') || place.EndsWith('s') ? place : place + "s", dice.Chance(0.75) ? "vägen" : "gatan");
    }

    private string Spaced(Dice dice)
    {
        var locality = Locality(dice);
        return dice.Roll() switch
        {
            < 0.25 => $"{locality} gårdsväg",
            < 0.4 => $"{locality} strand",
            < 0.55 => $"{locality} allé",
            < 0.7 => $"{locality}s väg",
            < 0.85 => $"{locality}s gränd",
            _ => $"{locality} kyrkväg",
        };
    }
}

/// <summary>What the streets of a quarter have in common.</summary>
internal readonly record struct Quarter(int Theme, string Ending)
{
    public static Quarter Draw(Dice dice) => new(dice.Between(0, 100_000), dice.Pick<string>(["vägen", "vägen", "vägen", "gatan", "gatan", "stigen", "gränd"]));
}
