using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>
/// Some fifty thousand made-up addresses in real municipalities: towns and villages stand where they truly stand and look like towns; their
/// streets and houses are invented, but for those of <see cref="KnownStreets"/>. The same seed gives the same set.
/// </summary>
internal sealed class DemoTowns
{
    private readonly Dice dice;
    private readonly StreetNames names;
    private readonly AddressKeys keys = new();
    private readonly List<StreetRow> streets = [];
    private readonly List<AreaRow> areas = [];

    private DemoTowns(ulong seed)
    {
        dice = new Dice(seed);
        names = new StreetNames(dice);
    }

    public static (IReadOnlyList<StreetRow> Streets, IReadOnlyList<AreaRow> Areas) Lay(ulong seed)
    {
        var towns = new DemoTowns(seed);
        towns.LayKnownStreets();
        foreach (var locality in Locality.All)
        {
            towns.LayTown(locality);
            towns.LayFarms(locality);
        }

        towns.LayCountryRoads();
        return (towns.streets, towns.areas);
    }

    private void LayKnownStreets()
    {
        // The districts along the two streets, each with its postcodes.
        var nearby = Locality.All.Where(locality => locality is { MunicipalityCode: "0180", Place: "Stockholm" }).Select(locality => (locality, Districts: new PostcodeDistricts(locality, 700, dice))).ToList();
        string Postcode(Position at) => nearby.MinBy(near => Ground.Metres(near.locality.Centre, at)).Districts.At(at);
        foreach (var row in KnownStreets.Rows(Postcode, keys, dice))
        {
            names.Take(row.Place, row.Name);
            streets.Add(row);
        }
    }

    private void LayTown(Locality locality)
    {
        var ground = new Ground(locality.Centre, locality.IsCity ? 30 : 44, dice);
        var plan = new TownPlan(locality, dice);
        var postcodes = new PostcodeDistricts(locality, plan.Radius, dice);
        areas.Add(new AreaRow("town", locality.Name, [.. plan.Edge().Select(ground.At)]));
        areas.AddRange(plan.Parks().Select(park => new AreaRow("park", null, [.. Curve(park, ground)])));

        var themes = Enumerable.Range(0, 9).Select(_ => names.Theme()).ToArray();
        foreach (var planned in plan.Streets())
        {
            var path = Curve(planned.Line, ground);
            if (RunsAlongAKnownStreet(path))
            {
                continue;
            }

            var quarter = Quarter(planned.Line[planned.Line.Count / 2], plan.Radius);
            var name = names.Street(locality.Place, themes[quarter], planned.Class);
            var houses = Houses.Along(path, locality.IsCity ? 22 : 27, locality.IsCity ? 14 : 18, locality.IsCity ? 0.08 : 0.03, dice);
            var addresses = houses.Where(house => !StandsOnAKnownStreet(house.Position)).Select(house => keys.Make(locality.MunicipalityCode, locality.Place, name, house, postcodes.At(house.Position)));
            streets.Add(new StreetRow(name, locality.MunicipalityCode, locality.Place, planned.Class, path, [.. addresses]));
        }
    }

    private void LayFarms(Locality locality)
    {
        for (var farm = 0; farm < locality.Farms; farm++)
        {
            var (direction, distance) = (dice.Between(0, Math.Tau), dice.Between(1_200.0, 6_500.0));
            var at = Ground.Offset(locality.Centre, Math.Cos(direction) * distance, Math.Sin(direction) * distance);
            if (names.Farm(locality.Place) is { } name)
            {
                var address = keys.Make(locality.MunicipalityCode, locality.Place, name, new House(0, null, at), locality.PostcodeList[^1]);
                streets.Add(new StreetRow(name, locality.MunicipalityCode, locality.Place, "none", [], [address]));
            }
        }
    }

    /// <summary>From each place to the nearest larger one of its municipality.</summary>
    private void LayCountryRoads()
    {
        foreach (var village in Locality.All)
        {
            var town = Locality.All
                .Where(other => other.MunicipalityCode == village.MunicipalityCode && other.Addresses > village.Addresses)
                .OrderBy(other => Ground.Metres(other.Centre, village.Centre)).FirstOrDefault();
            if (town is null)
            {
                continue;
            }

            var name = $"{village.Name}vägen";
            var outside = Winding(town.Centre, village.Centre).Where(at => IsOutside(town, at) && IsOutside(village, at)).ToList();
            if (outside.Count > 3 && names.Take(village.Place, name))
            {
                streets.Add(new StreetRow(name, village.MunicipalityCode, village.Place, "road", outside, []));
            }
        }
    }

    private static bool IsOutside(Locality town, Position at) => Ground.Metres(town.Centre, at) > TownPlan.RadiusOf(town) * 0.93;

    private List<Position> Winding(Position from, Position to)
    {
        var (east, north) = Ground.Between(from, to);
        var (bend, sway, phase) = (dice.Between(-0.08, 0.08), dice.Between(0.01, 0.025), dice.Between(0, Math.Tau));
        return [.. Enumerable.Range(0, 201).Select(step => step / 200.0).Select(share =>
        {
            var aside = Math.Sin(share * Math.PI) * (bend + (sway * Math.Sin((share * 14) + phase)));
            return Ground.Offset(from, (east * share) - (north * aside), (north * share) + (east * aside));
        })];
    }

    private static List<Position> Curve(IReadOnlyList<Spot> line, Ground ground)
    {
        const double Step = 22;
        var curve = new List<Position> { ground.At(line[0]) };
        foreach (var (from, to) in line.Zip(line.Skip(1)))
        {
            var pieces = Math.Max(1, (int)(from.To(to) / Step));
            curve.AddRange(Enumerable.Range(1, pieces).Select(piece => ground.At(from.Towards(to, (double)piece / pieces))));
        }

        return curve;
    }

    // Nine quarters, so that the streets of one theme lie together.
    private static int Quarter(Spot at, double radius) => (Third(at.X, radius) * 3) + Third(at.Y, radius);

    private static int Third(double at, double radius) => at < -radius / 3 ? 0 : at < radius / 3 ? 1 : 2;

    private static readonly Position[] KnownGround = [.. Points(KnownStreets.SanktEriksgatan), .. Points(KnownStreets.BirgerJarlsgatan)];

    private static IEnumerable<Position> Points(IReadOnlyList<Position> path) =>
        Enumerable.Range(0, 120).Select(step => Houses.Beside(path, step * 20.0, 0));

    private static bool RunsAlongAKnownStreet(List<Position> path) => path.Count(StandsNear) > path.Count / 3;

    private static bool StandsNear(Position at) => KnownGround.Any(known => Ground.Metres(known, at) < 45);

    private static bool StandsOnAKnownStreet(Position at) => KnownGround.Any(known => Ground.Metres(known, at) < 28);
}
