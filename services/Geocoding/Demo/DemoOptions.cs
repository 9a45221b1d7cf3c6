namespace Ums.Geocoding.Demo;

/// <summary>Section <c>Demo</c> of the configuration.</summary>
internal sealed class DemoOptions
{
    /// <summary>Fills the tables with made-up towns at the first start, and opens the route that draws addresses from them.</summary>
    public bool Enabled { get; set; }

    /// <summary>Another seed gives other streets in the same towns.</summary>
    public ulong Seed { get; set; } = 2024;
}
