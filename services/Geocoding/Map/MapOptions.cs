using System.ComponentModel.DataAnnotations;

namespace Ums.Geocoding.Map;

/// <summary>Section <c>Map</c> of the configuration.</summary>
internal sealed class MapOptions
{
    /// <summary>Another MapLibre style to use instead of ours: browsers are sent there.</summary>
    [Url]
    public string? StyleAddress { get; set; }

    /// <summary>Another server's vector tiles with our layers (areas, roads, houses, places), such as https://tiles.example/{z}/{x}/{y}.mvt.</summary>
    public string? TileAddress { get; set; }

    /// <summary>What stands in the map's corner.</summary>
    public string Attribution { get; set; } = "Karta: egna gator och adresspunkter";

    /// <summary>How long browsers keep tiles and styles without asking again.</summary>
    public TimeSpan Fresh { get; set; } = TimeSpan.FromHours(1);
}
