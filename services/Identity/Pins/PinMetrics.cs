using System.Diagnostics.Metrics;

namespace Ums.Identity.Pins;

/// <summary>A falling share of verified PINs is how pumping and guessing show first.</summary>
internal static class PinMetrics
{
    private static readonly Meter Meter = new("Ums.Identity");

    /// <summary>Tag <c>channel</c>.</summary>
    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("ums.pins.sent");

    /// <summary>Requests answered as usual whose PIN is not sent: a budget for unknown numbers is used up. Tag <c>limit</c>.</summary>
    public static readonly Counter<long> Withheld = Meter.CreateCounter<long>("ums.pins.withheld");

    /// <summary>Tag <c>limit</c>.</summary>
    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("ums.pins.refused");

    /// <summary>PINs held against a request's hash.</summary>
    public static readonly Counter<long> Compared = Meter.CreateCounter<long>("ums.pins.compared");

    /// <summary>Tag <c>outcome</c>.</summary>
    public static readonly Counter<long> Checked = Meter.CreateCounter<long>("ums.pins.checked");
}
