using Ums.Gateway.Clients;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages;

/// <summary>Alerts as anybody may see them, in words.</summary>
internal static class DisturbanceWords
{
    private const int MostStreets = 12;

    /// <summary>The five that all know, in the reader's language; what an organisation has called something itself stands as it is.</summary>
    public static string Category(string? category, Texts t) => category switch
    {
        "water" => t["Vatten"],
        "heat" => t["Värme"],
        "power" => t["El"],
        "waste" => t["Avfall"],
        null or "other" => t["Annat"],
        _ => category,
    };

    public static string State(Disturbance one, Texts t) => one.State switch
    {
        "cancelled" => t["Stoppat"],
        "corrected" => t["Rättat"],
        "over" => t["Över"],
        "forgotten" => t["Borttaget"],
        _ => one.Correction ? t["Rättelse"] : t["Pågår"],
    };

    /// <summary>What has become of it, where something has.</summary>
    public static string? Fate(Disturbance one, Texts t) => one.State switch
    {
        "cancelled" => t["Utskicket har stoppats. Det gäller inte längre, men en del hann få det."].Value,
        "corrected" => t["Det här har rättats. Läs rättelsen nedan; den gäller."].Value,
        "over" => t["Tiden som meddelandet gällde är över."].Value,
        _ => one.Correction ? t["Det här rättar ett tidigare meddelande."].Value : null,
    };

    /// <summary>Where it holds: Storgatan, Skolgatan; postnummer 941 31.</summary>
    public static string Area(DisturbanceArea? area, Texts t)
    {
        if (area is null)
        {
            return t["Finns inte kvar"];
        }
        var parts = new List<string>();
        if (area.Everywhere)
        {
            parts.Add(t["Hela området"]);
        }
        if (area.Streets.Length > 0)
        {
            var more = area.Streets.Length - MostStreets;
            parts.Add(string.Join(", ", area.Streets.Take(MostStreets)) + (more > 0 ? " " + t["och {0} gator till", more] : ""));
        }
        if (area.Postcodes.Length > 0)
        {
            parts.Add(t["postnummer {0}", string.Join(", ", area.Postcodes.Select(Words.Postcode))]);
        }
        if (area.OnMap > 0)
        {
            parts.Add(area.OnMap == 1 ? t["ett område på kartan"] : t["{0} områden på kartan", area.OnMap]);
        }
        if (area.Properties > 0)
        {
            parts.Add(area.Properties == 1 ? t["en fastighet"] : t["{0} fastigheter", area.Properties]);
        }
        if (area.Listed)
        {
            parts.Add(t["utvalda nummer"]);
        }
        var text = string.Join("; ", parts);
        return text.Length > 0 ? char.ToUpper(text[0], System.Globalization.CultureInfo.CurrentCulture) + text[1..] : t["Utvalda mottagare"];
    }
}
