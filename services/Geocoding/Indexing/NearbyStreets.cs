namespace Ums.Geocoding.Indexing;

/// <summary>Which streets have a house in which square of some kilometre, to find the address that is nearest to a position.</summary>
internal sealed class NearbyStreets(long[] squares, Lists streets)
{
    private const double DegreesNorth = 0.01, DegreesEast = 0.02;

    /// <summary>The squares that are so many away from the one with this position: its ring around it.</summary>
    public IEnumerable<int> InRing(double latitude, double longitude, int ring)
    {
        var (row, column) = (Row(latitude), Column(longitude));
        for (var north = -ring; north <= ring; north++)
        {
            // Only the ring's edge: inner squares were in earlier rings.
            var step = Math.Abs(north) == ring ? 1 : 2 * ring;
            for (var east = -ring; east <= ring; east += Math.Max(1, step))
            {
                var square = Array.BinarySearch(squares, Square(row + north, column + east));
                for (var i = 0; square >= 0 && i < streets.LengthOf(square); i++)
                {
                    yield return streets[square][i];
                }
            }
        }
    }

    /// <summary>How far at least everything is that is not in the rings up to this one, in metres.</summary>
    public static double MetresBeyond(double latitude, int ring) => ring * Math.Min(DegreesNorth * 111_200, DegreesEast * 111_320 * Math.Cos(latitude * Math.PI / 180));

    public static long SquareAt(double latitude, double longitude) => Square(Row(latitude), Column(longitude));

    public static NearbyStreets Of(IEnumerable<(long Square, int Street)> visits)
    {
        var distinct = visits.Distinct().ToList();
        long[] squares = [.. distinct.Select(visit => visit.Square).Distinct().Order()];
        var pairs = distinct.ConvertAll(visit => Lists.Pair(Array.BinarySearch(squares, visit.Square), visit.Street));
        return new NearbyStreets(squares, Lists.Of(squares.Length, pairs));
    }

    public void Write(SnapshotWriter snapshot)
    {
        snapshot.Write(squares);
        streets.Write(snapshot);
    }

    public static NearbyStreets Read(SnapshotReader snapshot) => new(snapshot.Read<long>(), Lists.Read(snapshot));

    private static int Row(double latitude) => (int)Math.Floor(latitude / DegreesNorth);

    private static int Column(double longitude) => (int)Math.Floor(longitude / DegreesEast);

    private static long Square(int row, int column) => ((long)row << 32) | (uint)column;
}
