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
        foreach (var plain in search.Index.Areas.PlainsByKey[key])
        {
            search.ConsiderIfNear(plain);
        }
    }
}
