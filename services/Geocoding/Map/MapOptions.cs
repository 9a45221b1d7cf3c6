using System.ComponentModel.DataAnnotations;

namespace Ums.Geocoding.Map;

/// <summary>Section <c>Map</c> of the configuration.</summary>
internal sealed class MapOptions
{
    /// <summary>Another MapLibre style to use instead of ours: browsers are sent there.</summary>
    [Url]
    public string? StyleAddress { get; set; }

    /// <summary>Another server's vector tiles with our layers (cells, areas, roads, houses, places), such as https://tiles.example/{z}/{x}/{y}.mvt.</summary>
    public string? TileAddress { get; set; }

    /// <summary>
    /// A PMTiles file in the Protomaps schema to draw under our own layers: a file on this machine, which we serve, or a whole https address, which the gateway
    /// must be given too. None where this is empty.
    /// </summary>
    public string? Base { get; set; }

    /// <summary>What stands in the map's corner.</summary>
    public string Attribution { get; set; } = "Karta: egna gator och adresspunkter";

    /// <summary>How long browsers keep tiles and styles without asking again.</summary>
    public TimeSpan Fresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How much memory drawn tiles may take; the ones that nobody has asked for longest go first.</summary>
    [Range(0, 16 * 1024)]
    public int CacheMegabytes { get; set; } = 64;

    /// <summary>How long a tile may take, waiting for its turn included, until its asker is told to come back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan TileLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many tiles the database draws at the same time.</summary>
    [Range(1, 64)]
    public int DrawnAtOnce { get; set; } = 4;
}
