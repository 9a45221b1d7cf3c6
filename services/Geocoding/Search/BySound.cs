namespace Ums.Geocoding.Search;

/// <summary>The streets that sound like what was typed.</summary>
internal static class BySound
{
    public static void Run(StreetSearch search)
    {
        foreach (var reading in search.Readings)
        {
            foreach (var plain in search.Index.Names.SoundingLike(reading.Heard.Codes))
            {
                search.Consider(plain);
            }
        }
    }
}
