namespace Ums.Geocoding.Demo;

/// <summary>A street as it is planned: where it runs on the drawing board and what kind it is.</summary>
internal sealed record PlannedStreet(string Class, IReadOnlyList<Spot> Line);

/// <summary>
/// A town's streets on a straight drawing board: lines across and along, thoroughfares that run through, blocks that are left out for parks,
/// and short lanes into the larger blocks.
/// </summary>
internal sealed class TownPlan
{
    /// <summary>Addresses to the square metre that such blocks give; it sets how large a town must be.</summary>
    private const double CityDensity = 0.0019, VillageDensity = 0.0010;

    private readonly Dice dice;
    private readonly bool city;
    private readonly double radius;
    private readonly double[] across, along;
    private readonly bool[] acrossIsMain, alongIsMain;
    private readonly List<(int Column, int Row, int Width, int Height)> parks = [];

    public TownPlan(Locality locality, Dice dice)
    {
        this.dice = dice;
        city = locality.IsCity;
        radius = RadiusOf(locality);
        across = Lines(city ? 95 : 120, city ? 140 : 190);
        along = Lines(city ? 70 : 85, city ? 105 : 130);
        acrossIsMain = Mains(across.Length);
        alongIsMain = Mains(along.Length);
        PlaceParks();
    }

    public double Radius => radius;

    public static double RadiusOf(Locality locality) => Math.Sqrt(locality.Addresses / Math.PI / (locality.IsCity ? CityDensity : VillageDensity));

    public IEnumerable<PlannedStreet> Streets() =>
        Enumerable.Range(0, across.Length).SelectMany(line => StreetsOn(line, upright: true))
            .Concat(Enumerable.Range(0, along.Length).SelectMany(line => StreetsOn(line, upright: false)))
            .Concat(Lanes());

    /// <summary>The corners of each park, a pavement's width inside the streets round it.</summary>
    public IEnumerable<IReadOnlyList<Spot>> Parks() => parks.Select(park => Rectangle(
        across[park.Column] + 9, along[park.Row] + 9, across[park.Column + park.Width] - 9, along[park.Row + park.Height] - 9));

    /// <summary>The edge of the built-up land.</summary>
    public IReadOnlyList<Spot> Edge() =>
        [.. Enumerable.Range(0, 49).Select(step => step % 48 * Math.Tau / 48).Select(angle => new Spot(Math.Cos(angle) * (Reach(angle) + 60), Math.Sin(angle) * (Reach(angle) + 60)))];

    public bool Contains(Spot spot) => spot.To(default) <= Reach(Math.Atan2(spot.Y, spot.X));

    private double Reach(double angle) => radius * (1 + (0.10 * Math.Sin((3 * angle) + radius)) + (0.06 * Math.Sin((5 * angle) + (2 * radius))));

    private double[] Lines(double least, double most)
    {
        var lines = new List<double>();
        for (var at = -1.2 * radius; at < 1.2 * radius; at += dice.Between(least, most))
        {
            lines.Add(at);
        }

        return [.. lines];
    }

    private static bool[] Mains(int lines) => [.. Enumerable.Range(0, lines).Select(line => (line - (lines / 2)) % 5 == 0)];

    private void PlaceParks()
    {
        for (var left = (int)(radius * radius * Math.PI / 260_000); left > 0; left--)
        {
            var park = (Column: dice.Between(1, across.Length - 4), Row: dice.Between(1, along.Length - 4), Width: dice.Between(1, 2), Height: dice.Between(1, 3));
            var corners = Rectangle(across[Math.Max(0, park.Column)], along[Math.Max(0, park.Row)], across[Math.Max(0, park.Column) + park.Width], along[Math.Max(0, park.Row) + park.Height]);
            if (park.Column > 0 && park.Row > 0 && corners.All(Contains))
            {
                parks.Add(park);
            }
        }
    }

    // Walks a line from crossing to crossing and cuts it into streets where the town ends, where a block is missing, and where names change.
    private IEnumerable<PlannedStreet> StreetsOn(int line, bool upright)
    {
        var crossings = upright ? along : across;
        var main = upright ? acrossIsMain[line] : alongIsMain[line];
        var street = new List<Spot>();
        var blocksLeft = BlocksOfAStreet(main);
        for (var step = 0; step < crossings.Length; step++)
        {
            var here = upright ? new Spot(across[line], crossings[step]) : new Spot(crossings[step], along[line]);
            var before = step == 0 ? here : upright ? new Spot(across[line], crossings[step - 1]) : new Spot(crossings[step - 1], along[line]);
            var open = step > 0 && Contains(here) && Contains(before) && !IsClosed(line, step - 1, upright, main);
            if (open)
            {
                street.Add(before);
                blocksLeft--;
            }

            if (street.Count > 0 && (!open || blocksLeft == 0 || step == crossings.Length - 1))
            {
                yield return new PlannedStreet(main ? "main" : "street", [.. street, open ? here : before]);
                street.Clear();
                blocksLeft = BlocksOfAStreet(main);
            }
        }
    }

    private int BlocksOfAStreet(bool main) => main ? dice.Between(7, 14) : city ? dice.Between(3, 8) : dice.Between(2, 5);

    private bool IsClosed(int line, int block, bool upright, bool main)
    {
        var inPark = parks.Any(park => upright
            ? line > park.Column && line < park.Column + park.Width && block >= park.Row && block < park.Row + park.Height
            : line > park.Row && line < park.Row + park.Height && block >= park.Column && block < park.Column + park.Width);
        return inPark || (!main && dice.Chance(city ? 0.06 : 0.16));
    }

    private IEnumerable<PlannedStreet> Lanes()
    {
        for (var column = 0; column < across.Length - 1; column++)
        {
            for (var row = 0; row < along.Length - 1; row++)
            {
                var (width, height) = (across[column + 1] - across[column], along[row + 1] - along[row]);
                var start = new Spot(across[column], along[row] + (height / 2));
                var isPark = parks.Any(park => column >= park.Column && column < park.Column + park.Width && row >= park.Row && row < park.Row + park.Height);
                if (!city && !isPark && width > 130 && height > 95 && Contains(start) && dice.Chance(0.5))
                {
                    yield return new PlannedStreet("lane", [start, new Spot(start.X + (width * 0.72), start.Y + dice.Between(-6, 6))]);
                }
            }
        }
    }

    private static IReadOnlyList<Spot> Rectangle(double left, double bottom, double right, double top) =>
        [new(left, bottom), new(right, bottom), new(right, top), new(left, top), new(left, bottom)];
}
