using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>A point on a town's drawing board, in metres east and north of its centre.</summary>
internal readonly record struct Spot(double X, double Y)
{
    public double To(Spot other) => Math.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));

    public Spot Towards(Spot other, double share) => new(X + ((other.X - X) * share), Y + ((other.Y - Y) * share));
}

/// <summary>
/// The lie of the land: bends a straight drawing board as hills and shores bend a town, and sets it down on the earth. Streets that meet on
/// the board meet on the ground.
/// </summary>
internal sealed class Ground
{
    private const double MetresPerDegree = 111_320;
    private readonly Position centre;
    private readonly double turn;
    private readonly (double Across, double Along, double Phase, double Height)[] waves;

    /// <param name="relief">How far streets stray from straight, in metres; the wave lengths are such that the board never folds.</param>
    public Ground(Position centre, double relief, Dice dice)
    {
        this.centre = centre;
        turn = dice.Between(-0.6, 0.6);
        waves = [.. Enumerable.Range(0, 6).Select(index =>
        {
            var length = relief * dice.Between(22.0, 40.0) / (1 + (index / 2 * 0.8));
            var direction = dice.Between(0, Math.Tau);
            var height = relief / (1.6 + (index / 2));
            return (Math.Tau / length * Math.Cos(direction), Math.Tau / length * Math.Sin(direction), dice.Between(0, Math.Tau), height);
        })];
    }

    public Position At(Spot spot)
    {
        var (x, y) = (spot.X, spot.Y);
        for (var index = 0; index < waves.Length; index++)
        {
            var wave = waves[index];
            var lift = wave.Height * Math.Sin((spot.X * wave.Across) + (spot.Y * wave.Along) + wave.Phase);
            (x, y) = index % 2 == 0 ? (x + lift, y) : (x, y + lift);
        }

        var east = (x * Math.Cos(turn)) - (y * Math.Sin(turn));
        var north = (x * Math.Sin(turn)) + (y * Math.Cos(turn));
        return Offset(centre, east, north);
    }

    public static Position Offset(Position from, double east, double north) => new(
        Math.Round(from.Latitude + (north / MetresPerDegree), 6),
        Math.Round(from.Longitude + (east / (MetresPerDegree * Math.Cos(from.Latitude * Math.PI / 180))), 6));

    public static (double East, double North) Between(Position from, Position to) => (
        (to.Longitude - from.Longitude) * MetresPerDegree * Math.Cos(from.Latitude * Math.PI / 180),
        (to.Latitude - from.Latitude) * MetresPerDegree);

    public static double Metres(Position from, Position to)
    {
        var (east, north) = Between(from, to);
        return Math.Sqrt((east * east) + (north * north));
    }
}
