using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>The streets, roads, villages and farms of a place, without end: who needs no more stops asking.</summary>
internal sealed class SwedishPlace(Dice dice, SwedishNames names, Keys keys, Municipality municipality, Place place)
{
    private readonly HashSet<string> taken = [];
    private readonly List<string> streets = [];
    private readonly double usualLength = 8.5 + (2.2 * Math.Log10(place.Postcodes.Count));
    private Quarter quarter = Quarter.Draw(dice);

    public IEnumerable<Row> Rows()
    {
        while (true)
        {
            var at = dice.Between(0, place.Postcodes.Count - 1);
            var area = place.Postcodes[at];
            var rural = area.Rural ? 0.85 : place.Postcodes.Count < 3 ? 0.25 : 0.004;
            quarter = dice.Chance(0.1) ? Quarter.Draw(dice) : quarter;
            foreach (var row in dice.Chance(rural) ? Country(area) : Street(at))
            {
                yield return row;
            }
        }
    }

    private IEnumerable<Row> Street(int at)
    {
        var name = Name();
        var houses = Houses.OnStreet(dice, usualLength).ToList();
        var path = new StreetLine(dice, place.Postcodes[at], spreadKilometres: 0.35);
        // A long street goes on into the next postcode.
        var next = houses.Count > 24 && dice.Chance(0.5) ? place.Postcodes[(at + 1) % place.Postcodes.Count] : place.Postcodes[at];
        var border = houses.Count / 2;
        return houses.Select((house, i) => Row(name, house, path, i > border ? next : place.Postcodes[at], sharesProperty: house.Letter is not null and not "A"));
    }

    private IEnumerable<Row> Country(PostcodeArea area) => dice.Roll() switch
    {
        < 0.42 => Along(Take(names.Road), Houses.OnRoad(dice), area),
        < 0.72 => Along(Take(names.Village), Houses.InVillage(dice), area),
        _ => Farms(area),
    };

    private IEnumerable<Row> Along(string name, IEnumerable<House> houses, PostcodeArea area)
    {
        var path = new StreetLine(dice, area, spreadKilometres: 4);
        return houses.Select(house => Row(name, house, path, area, sharesProperty: false));
    }

    /// <summary>Farms have names and no numbers; the village stands before where there is one.</summary>
    private IEnumerable<Row> Farms(PostcodeArea area)
    {
        var village = dice.Chance(0.5) ? names.Village(dice) + " " : "";
        for (var more = dice.Between(2, 8); more > 0; more--)
        {
            yield return Row(Take(given => village + names.Farm(given)), default, new StreetLine(dice, area, spreadKilometres: 4), area, sharesProperty: false);
        }
    }

    /// <summary>Now and then a neighbour's name with another ending, or a name that another part of the place has too.</summary>
    private string Name()
    {
        if (streets.Count > 0 && dice.Chance(0.07) && SwedishNames.Sibling(dice, dice.Pick(streets)) is { } sibling && taken.Add(sibling))
        {
            return sibling;
        }

        if (streets.Count > 150 && dice.Chance(0.004))
        {
            return dice.Pick(streets);
        }

        var name = Take(given => names.Street(given, quarter));
        streets.Add(name);
        return name;
    }

    private string Take(Func<Dice, string> draw)
    {
        while (true)
        {
            var name = draw(dice);
            if (taken.Add(name))
            {
                return name;
            }
        }
    }

    private Row Row(string street, House house, StreetLine path, PostcodeArea area, bool sharesProperty)
    {
        var (latitude, longitude) = path.At(house);
        return new(keys.Id(), street, house.Number, house.Letter, area.Postcode, place.Name, municipality.Code, latitude, longitude, Fnr: keys.Property(sharesProperty));
    }
}
