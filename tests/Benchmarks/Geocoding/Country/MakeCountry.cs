using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>
/// A country that is not: real places and postcodes, invented streets with the statistics of real ones. The same seed gives the same rows, one after
/// the other, so that any number of them fits.
/// </summary>
internal static class MakeCountry
{
    /// <summary>Addresses a postcode has in the whole of Sweden. A smaller country has fewer places, not emptier ones.</summary>
    private const int UsualInPostcode = 260;

    public static IEnumerable<Row> Rows(int addresses, int norwegian, ulong seed)
    {
        var all = Gazetteer.Read();
        var words = new Words();
        var swedish = Chosen(all.Where(municipality => !municipality.Norwegian), addresses - norwegian, new Dice(seed));
        var names = new SwedishNames(words, [.. all.Where(municipality => !municipality.Norwegian).SelectMany(municipality => municipality.Places).Select(place => place.Name).Distinct()]);
        var dice = new Dice(seed + 1);
        var keys = new Keys(dice);
        foreach (var (municipality, place, count) in Shares(swedish, addresses - norwegian))
        {
            foreach (var row in new SwedishPlace(dice, names, keys, municipality, place).Rows().Take(count))
            {
                yield return row;
            }
        }

        var others = Chosen(all.Where(municipality => municipality.Norwegian), norwegian, new Dice(seed + 2));
        var norwegianNames = new NorwegianNames(words);
        foreach (var (municipality, place, count) in Shares(others, norwegian))
        {
            foreach (var row in new NorwegianPlace(dice, norwegianNames, keys, municipality, place).Rows().Take(count))
            {
                yield return row;
            }
        }
    }

    private static List<Municipality> Chosen(IEnumerable<Municipality> all, int addresses, Dice dice)
    {
        var wanted = addresses / UsualInPostcode;
        var chosen = new List<Municipality>();
        var postcodes = 0;
        foreach (var municipality in all.Select(one => (one, key: dice.Roll())).OrderBy(pair => pair.key).Select(pair => pair.one))
        {
            if (postcodes >= wanted && chosen.Count > 0)
            {
                break;
            }

            chosen.Add(municipality);
            postcodes += municipality.Postcodes;
        }

        return [.. chosen.OrderBy(municipality => municipality.Code, StringComparer.Ordinal)];
    }

    /// <summary>So many that they make the whole exactly. A municipality has by its inhabitants, fewer a head where they are many; a place by its postcodes.</summary>
    private static IEnumerable<(Municipality Municipality, Place Place, int Count)> Shares(List<Municipality> municipalities, int addresses)
    {
        var weights = municipalities.Select(municipality => Math.Pow(municipality.Inhabitants == 0 ? municipality.Postcodes * 1000 : municipality.Inhabitants, 0.9)).ToArray();
        var (total, sum, given) = (weights.Sum(), 0.0, 0);
        for (var i = 0; i < municipalities.Count; i++)
        {
            foreach (var place in municipalities[i].Places)
            {
                sum += weights[i] * place.Postcodes.Count / municipalities[i].Postcodes;
                var until = (int)Math.Round(addresses * Math.Min(1, sum / total));
                yield return (municipalities[i], place, until - given);
                given = until;
            }
        }
    }
}
