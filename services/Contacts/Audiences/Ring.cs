namespace Ums.Contacts.Audiences;

/// <summary>The outline of an area: longitude and latitude pairs that end where they began, straight lines between them as in GeoJSON.</summary>
internal static class Ring
{
    private const double EarthRadius = 6_371_008.8;

    /// <summary>Whether two of its lines meet elsewhere than at the corner that they share. Inside and outside would be anybody's guess.</summary>
    public static bool CrossesItself(IReadOnlyList<(double X, double Y)> ring)
    {
        var lines = ring.Count - 1;
        // By their western ends: only lines that overlap from west to east can meet.
        var order = Enumerable.Range(0, lines).OrderBy(West).ToArray();
        for (var i = 0; i < lines; i++)
        {
            for (var j = i + 1; j < lines && West(order[j]) <= East(order[i]); j++)
            {
                if (Meet(Math.Min(order[i], order[j]), Math.Max(order[i], order[j])))
                {
                    return true;
                }
            }
        }
        return false;

        double West(int line) => Math.Min(ring[line].X, ring[line + 1].X);
        double East(int line) => Math.Max(ring[line].X, ring[line + 1].X);

        bool Meet(int first, int second)
        {
            var (a, b, c, d) = (ring[first], ring[first + 1], ring[second], ring[second + 1]);
            if (second == first + 1)
            {
                return FoldsBack(a, b, d);
            }
            if (first == 0 && second == lines - 1)
            {
                return FoldsBack(c, a, b);
            }
            var (c1, c2, a1, a2) = (Side(a, b, c), Side(a, b, d), Side(c, d, a), Side(c, d, b));
            return (c1 * c2 < 0 && a1 * a2 < 0)
                || (c1 == 0 && Within(a, b, c)) || (c2 == 0 && Within(a, b, d)) || (a1 == 0 && Within(c, d, a)) || (a2 == 0 && Within(c, d, b));
        }
    }

    /// <summary>In square metres on the sphere; right to a few per mille.</summary>
    public static double Area(IReadOnlyList<(double X, double Y)> ring)
    {
        var sum = 0.0;
        for (var i = 0; i < ring.Count - 1; i++)
        {
            var ((x1, y1), (x2, y2)) = (ring[i], ring[i + 1]);
            sum += double.DegreesToRadians(x2 - x1) * (2 + Math.Sin(double.DegreesToRadians(y1)) + Math.Sin(double.DegreesToRadians(y2)));
        }
        return Math.Abs(sum) * EarthRadius * EarthRadius / 2;
    }

    private static int Side((double X, double Y) from, (double X, double Y) to, (double X, double Y) point) =>
        Math.Sign((to.X - from.X) * (point.Y - from.Y) - (to.Y - from.Y) * (point.X - from.X));

    private static bool Within((double X, double Y) a, (double X, double Y) b, (double X, double Y) point) =>
        point.X >= Math.Min(a.X, b.X) && point.X <= Math.Max(a.X, b.X) && point.Y >= Math.Min(a.Y, b.Y) && point.Y <= Math.Max(a.Y, b.Y);

    private static bool FoldsBack((double X, double Y) before, (double X, double Y) corner, (double X, double Y) after) =>
        Side(before, corner, after) == 0
        && (before.X - corner.X) * (after.X - corner.X) + (before.Y - corner.Y) * (after.Y - corner.Y) > 0;
}
