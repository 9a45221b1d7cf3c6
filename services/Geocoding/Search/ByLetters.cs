namespace Ums.Geocoding.Search;

/// <summary>All names there are, of some length; which letters occur rules out nearly all of them in a nanosecond each.</summary>
internal static class ByLetters
{
    public static void Run(StreetSearch search)
    {
        foreach (var reading in search.Readings)
        {
            var furthest = Math.Min(reading.Allowed, search.EditsLeft);
            for (var edits = 0; edits <= furthest; edits++)
            {
                Scan(search, reading, reading.Plain.Length - edits);
                if (edits > 0)
                {
                    Scan(search, reading, reading.Plain.Length + edits);
                }
            }
        }
    }

    private static void Scan(StreetSearch search, Reading reading, int length)
    {
        var names = search.Index.Names;
        var some = names.OfLength(length);
        var edits = Math.Min(reading.Allowed, search.EditsLeft);
        for (var i = 0; i < some.Masks.Length; i++)
        {
            if (reading.Plain.MayBeWithin(edits, some.Masks[i]) && reading.Plain.DistanceTo(names.Plains[some.Plains[i]]) <= edits)
            {
                search.Consider(some.Plains[i]);
                edits = Math.Min(reading.Allowed, search.EditsLeft);
            }
        }
    }
}
