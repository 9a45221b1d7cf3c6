namespace Ums.Geocoding.Search;

/// <summary>The streets with the typed postcode, some twenty of them, whatever they are called.</summary>
internal static class ByPostcode
{
    /// <summary>A country has nothing like it; a file may.</summary>
    private const int Most = 2_000;

    public static void Run(StreetSearch search)
    {
        var index = search.Index;
        var postcode = search.Postcode.Length == 0 ? -1 : index.Areas.Postcodes.Find(search.Postcode);
        if (postcode < 0)
        {
            return;
        }

        var streets = index.Areas.StreetsByPostcode[postcode];
        foreach (var street in streets[..Math.Min(Most, streets.Length)])
        {
            search.ConsiderStreet(street, index.Streets.PlainOf(street));
        }
    }
}
