namespace Ums.Geocoding.Search;

/// <summary>The streets whose names begin as typed, for a name that is not finished.</summary>
internal static class ByBeginning
{
    private const int Shortest = 3, Most = 2_000;

    public static void Run(StreetSearch search)
    {
        foreach (var reading in search.Readings)
        {
            if (reading.Plain.Length < Shortest)
            {
                continue;
            }

            var plains = search.Index.Names.Plains.BeginningWith(reading.Plain.Codes);
            for (var plain = plains.First; plain < Math.Min(plains.After, plains.First + Most); plain++)
            {
                search.Consider(plain);
            }
        }
    }
}
