using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>The streets of a Norwegian place, without end. Postal places are written in capitals there.</summary>
internal sealed class NorwegianPlace(Dice dice, NorwegianNames names, Keys keys, Municipality municipality, Place place)
{
    private readonly HashSet<string> taken = [];
    private readonly bool nynorsk = municipality.Code[^1] is '2' or '4' or '8';
    private readonly string name = place.Name.ToUpperInvariant();

    public IEnumerable<Row> Rows()
    {
        while (true)
        {
            var area = dice.Pick(place.Postcodes);
            var street = Take();
            var path = new StreetLine(dice, area, spreadKilometres: 1);
            var farm = dice.Between(1, 400);
            foreach (var house in dice.Chance(0.25) ? Houses.OnRoad(dice) : Houses.OnStreet(dice, usualLength: 10))
            {
                var (latitude, longitude) = path.At(house);
                yield return new(keys.Id(), street, house.Number, house.Letter, area.Postcode, name, municipality.Code, latitude, longitude,
                    farm, dice.Between(1, 2000), dice.Chance(0.04) ? dice.Between(1, 60) : 0, dice.Chance(0.06) ? dice.Between(1, 40) : 0);
            }
        }
    }

    private string Take()
    {
        while (true)
        {
            var street = dice.Chance(0.1) ? names.Farm(dice) : names.Street(dice, nynorsk);
            if (taken.Add(street))
            {
                return street;
            }
        }
    }
}
