using System.Numerics;

namespace Ums.Geocoding.Search;

/// <summary>All streets of the typed place or municipality; without one, of the preferred municipalities.</summary>
internal static class ByArea
{
    public static void Run(StreetSearch search)
    {
        foreach (var place in search.Places)
        {
            Scan(search, place.Key);
        }

        for (var municipality = 0; search.Places.Length == 0 && municipality < (search.Preferred?.Count ?? 0); municipality++)
        {
            if (search.Preferred![municipality])
            {
                Scan(search, search.Index.Areas.KeyOfMunicipality(municipality));
            }
        }
    }

    private static void Scan(StreetSearch search, int key)
    {
        var masks = search.Index.Names.Masks;
        foreach (var plain in search.Index.Areas.PlainsByKey[key])
        {
            if (MayBeNear(search.Readings, masks[plain]))
            {
                search.Consider(plain);
            }
        }
    }

    // Each letter that was typed and does not occur in the name is an edit of its own.
    private static bool MayBeNear(ReadOnlySpan<Reading> readings, uint mask)
    {
        foreach (var reading in readings)
        {
            var allowed = reading.Plain.Length switch { < 5 => 1, < 8 => 2, _ => 3 };
            if (BitOperations.PopCount(reading.Plain.Mask & ~mask) <= allowed)
            {
                return true;
            }
        }

        return false;
    }
}
