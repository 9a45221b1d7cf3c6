using System.Globalization;
using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>An alert over time as a drawing: where its lines go and what stands at its axes. Nothing here needs a script, so that it prints.</summary>
internal sealed class ReportCurve
{
    public const int Width = 720;
    public const int Height = 240;
    public const int Left = 84;
    public const int Right = 12;
    public const int Top = 22;
    public const int Bottom = 40;

    private readonly DateTimeOffset from;
    private readonly DateTimeOffset to;
    private readonly int most;

    private ReportCurve(IReadOnlyList<AlertPoint> points)
    {
        (from, to) = (points[0].At, points[^1].At);
        most = Ceiling(points.Max(point => Math.Max(point.HandedOver, Math.Max(point.Delivered, point.Failed))));
        HandedOver = Line(points, point => point.HandedOver);
        Delivered = Line(points, point => point.Delivered);
        Failed = Line(points, point => point.Failed);
    }

    /// <summary>The points of a polyline.</summary>
    public string HandedOver { get; }

    public string Delivered { get; }

    public string Failed { get; }

    /// <summary>Heights and what they stand for.</summary>
    public IEnumerable<(double Y, string Label)> Levels => new[] { 0, most / 2, most }.Distinct().Select(number => (Y(number), AlertNumbers.Of(number)));

    /// <summary>Three moments, by the clock in Sweden; the seconds too where it went fast. One that would say the same as another is left out.</summary>
    public IEnumerable<(double X, string Label, string Anchor)> Moments => new[] { (from, "start"), (from + ((to - from) / 2), "middle"), (to, "end") }
        .Select(one => (X(one.Item1), SwedishTime.Clock(one.Item1, to - from < TimeSpan.FromMinutes(10)), one.Item2)).DistinctBy(one => one.Item2);

    /// <returns>Null where there is too little to draw.</returns>
    public static ReportCurve? Of(Alert alert, IReadOnlyList<AlertPoint> curve)
    {
        var points = curve.ToList();
        if (alert.StartedAt is { } started && points.Count > 0 && started < points[0].At)
        {
            points.Insert(0, new AlertPoint(started, 0, 0, 0));
        }
        return points.Count > 1 && points[^1].At > points[0].At ? new ReportCurve(points) : null;
    }

    private string Line(IReadOnlyList<AlertPoint> points, Func<AlertPoint, int> of) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.At):0.#},{Y(of(point)):0.#}")));

    private double X(DateTimeOffset at) => Left + ((Width - Left - Right) * ((at - from) / (to - from)));

    private double Y(int number) => Height - Bottom - ((Height - Top - Bottom) * (double)number / most);

    /// <summary>The next number that is easy to read and to halve: 2, 4, 10, 20, 40, 100 …</summary>
    private static int Ceiling(int number)
    {
        for (var step = 1L; ; step *= 10)
        {
            foreach (var easy in new[] { 2 * step, 4 * step, 10 * step })
            {
                if (number <= easy)
                {
                    return (int)Math.Min(easy, int.MaxValue);
                }
            }
        }
    }
}
