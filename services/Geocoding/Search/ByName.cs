namespace Ums.Geocoding.Search;

/// <summary>The streets that are called what was typed, in any of its readings.</summary>
internal static class ByName
{
    public static void Run(StreetSearch search)
    {
        foreach (var reading in search.Readings)
        {
            var plain = search.Index.Names.Plains.Find(reading.Plain.Codes);
            if (plain >= 0)
            {
                search.Consider(plain);
            }
        }
    }
}
