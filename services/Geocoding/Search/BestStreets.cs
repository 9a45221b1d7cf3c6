using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>The streets that a suggestion shows rather than others: the preferred municipality's, those that begin as typed, those with many houses.</summary>
internal sealed class BestStreets(AddressIndex index, AddressQuery query, IReadOnlySet<string> municipalities, IReadOnlyList<LetterPattern> patterns)
{
    private const int Most = 40;

    private readonly PriorityQueue<Kept, long> kept = new();
    private readonly HashSet<int> seen = [];
    private readonly byte[] place = query.PlacePlain is null ? [] : LetterCodes.Of(query.PlacePlain);

    public readonly record struct Kept(int Street, bool Preferred, bool Exactly);

    public int Count => kept.Count;

    public void Add(int plain, bool exactly)
    {
        if (!seen.Add(plain))
        {
            return;
        }

        foreach (var longer in index.Names.WholesOf(plain))
        {
            Add(longer, exactly);
        }

        var whole = patterns.Any(pattern => pattern.Codes.SequenceEqual(index.Names.Plains[plain]));
        var streets = index.Streets.StreetsNamed(index.Names.NamesOf(plain));
        for (var street = streets.First; street < streets.After; street++)
        {
            if (IsThere(street))
            {
                Keep(street, exactly, whole);
            }
        }
    }

    public IEnumerable<Kept> BestFirst() => kept.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element.Street).Select(item => item.Element);

    private bool IsThere(int street) =>
        index.Areas.Keys[index.Areas.KeyOfPlace(index.Streets.PlaceOf(street))].StartsWith(place)
        || index.Areas.Keys[index.Areas.KeyOfMunicipality(index.Streets.MunicipalityOf(street))].StartsWith(place);

    private void Keep(int street, bool exactly, bool whole)
    {
        var preferred = municipalities.Contains(index.Areas.MunicipalityOf(index.Streets.MunicipalityOf(street)).Code);
        var rank = (preferred ? 1L << 40 : 0) + (exactly ? 1L << 39 : 0) + (whole ? 1L << 38 : 0) + index.Streets.HousesOf(street).Length;
        if (kept.Count < Most)
        {
            kept.Enqueue(new Kept(street, preferred, exactly), rank);
        }
        else
        {
            kept.EnqueueDequeue(new Kept(street, preferred, exactly), rank);
        }
    }
}
