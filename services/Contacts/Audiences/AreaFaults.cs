using Ums.Messages.Commands;

namespace Ums.Contacts.Audiences;

/// <summary>What is wrong with an area, as a word; null where nothing is.</summary>
internal static class AreaFaults
{
    public const int MostCorners = 2000;
    private const double WidestRadius = 150_000;

    /// <summary>More than any organisation covers: somebody drew half a country by mistake.</summary>
    private const double LargestSquareMetres = 100_000e6;

    public static string? Of(AudienceArea? area) => area switch
    {
        null => "required",
        { Polygon: not null, Center: null, Radius: null } => OfPolygon(area.Polygon),
        { Polygon: null, Center: not null, Radius: not null } => OfCircle(area.Center, area.Radius.Value),
        _ => "either-polygon-or-circle",
    };

    public static (double X, double Y) Corner(IReadOnlyList<double> position) => (position[0], position[1]);

    private static string? OfPolygon(IReadOnlyList<IReadOnlyList<double>> polygon)
    {
        if (polygon.Count > MostCorners + 1)
        {
            return "too-many-corners";
        }
        if (polygon.Select(OfPosition).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            return fault;
        }
        var ring = polygon.Select(Corner).ToList();
        return ring switch
        {
            { Count: 0 } => "too-few-corners",
            _ when ring[0] != ring[^1] => "not-closed",
            { Count: < 4 } => "too-few-corners",
            _ when Ring.Area(ring) > LargestSquareMetres => "too-large",
            // The same corner twice in a row is no line; it does no harm.
            _ when Ring.CrossesItself([.. ring.Where((corner, i) => i == 0 || corner != ring[i - 1])]) => "crosses-itself",
            _ => Ring.Area(ring) < 1 ? "too-small" : null,
        };
    }

    private static string? OfCircle(IReadOnlyList<double> center, double radius) =>
        OfPosition(center) ?? (radius is >= 1 and <= WidestRadius ? null : double.IsFinite(radius) && radius > WidestRadius ? "too-large" : "too-small");

    private static string? OfPosition(IReadOnlyList<double>? position) => position switch
    {
        null or { Count: not 2 } => "not-a-position",
        [>= -180 and <= 180, >= -90 and <= 90] => IsScandinavian(position[0], position[1]) ? null
            : IsScandinavian(position[1], position[0]) ? "swapped" : "outside-scandinavia",
        _ => "out-of-range",
    };

    private static bool IsScandinavian(double longitude, double latitude) => latitude is >= 54.5 and <= 81.5 && longitude is >= -10 and <= 35;
}
