using System.Collections;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>
/// One search under way: what is sought, and the best streets so far. It belongs to one thread at a time and is used again, because the
/// table of names already seen is as long as the index has names.
/// </summary>
internal sealed class StreetSearch(AddressIndex index)
{
    public const int MostStreets = 64;

    private const int MostReadings = 12;

    /// <summary>Of streets that are called alike the preferred municipality's stand first, so that the others do not crowd them out.</summary>
    private const float Preference = 0.05f;

    /// <summary>What costs more is nothing like what was typed.</summary>
    public const float Most = 4.6f;

    /// <summary>What is so much dearer than the best one is not shown beside it.</summary>
    public const float Reach = 1.6f, ReachWhenCertain = 0.75f;

    private readonly Reading[] readings = [.. Enumerable.Range(0, MostReadings).Select(_ => new Reading())];
    private readonly LikelyPlace[] places = new LikelyPlace[FindPlaces.Most];
    private readonly LikelyStreet[] best = new LikelyStreet[MostStreets];
    private readonly LetterPattern place = new();
    private readonly byte[] postcode = new byte[8];
    private readonly int[] seen = new int[index.Names.Plains.Count];
    private int turn, readingCount, placeCount, bestCount, postcodeLength;
    private bool placeSaid;

    public AddressIndex Index => index;

    public AddressQuery Query { get; private set; } = null!;

    /// <summary>By municipality whether the asker prefers it; null where none is preferred.</summary>
    public BitArray? Preferred { get; private set; }

    public ReadOnlySpan<Reading> Readings => readings.AsSpan(0, readingCount);

    /// <summary>The places that the typed one may be; none where none was typed or it is unknown.</summary>
    public ReadOnlySpan<LikelyPlace> Places => places.AsSpan(0, placeCount);

    /// <summary>Best first.</summary>
    public ReadOnlySpan<LikelyStreet> Streets => best.AsSpan(0, bestCount);

    public ReadOnlySpan<byte> Postcode => postcode.AsSpan(0, postcodeLength);

    public List<ScoredHouse> Houses { get; } = [];

    public void Begin(AddressQuery query, BitArray? preferred)
    {
        (Query, Preferred, bestCount) = (query, preferred, 0);
        turn++;
        readingCount = Math.Min(MostReadings, query.Names.Count);
        for (var i = 0; i < readingCount; i++)
        {
            readings[i].Set(query.Names[i]);
        }

        postcodeLength = query.Postcode is null ? 0 : LetterCodes.Write(query.Postcode.AsSpan(0, Math.Min(query.Postcode.Length, postcode.Length)), postcode);
        placeSaid = query.PlacePlain is not null;
        place.Set(placeSaid ? LetterCodes.Of(query.PlacePlain) : []);
        placeCount = FindPlaces.Run(index.Areas, place, places);
    }

    /// <summary>All streets of a name, if it is near at all.</summary>
    public void ConsiderIfNear(int plain)
    {
        var (mask, edits) = (index.Names.Masks[plain], EditsLeft);
        foreach (var reading in Readings)
        {
            if (reading.MayMean(mask, edits) && reading.Means(index.Names.Plains[plain], edits))
            {
                Consider(plain);
                return;
            }
        }
    }

    /// <summary>All streets of a name, once in a search.</summary>
    public void Consider(int plain)
    {
        if (seen[plain] == turn)
        {
            return;
        }

        seen[plain] = turn;
        var fit = FitOf(plain);
        if (fit.Cost - Preference >= Worst)
        {
            return;
        }

        KeepStreetsOf(plain, fit);
        foreach (var whole in index.Names.WholesOf(plain))
        {
            KeepStreetsOf(whole, fit.AsPart());
        }
    }

    private void KeepStreetsOf(int plain, StreetFit fit)
    {
        var names = index.Names.NamesOf(plain);
        for (var name = names.First; name < names.After; name++)
        {
            var ofName = fit.ForName(Readings, index.Names.KeyOf(name));
            var streets = index.Streets.StreetsNamed(new Stretch(name, name + 1));
            for (var street = streets.First; street < streets.After; street++)
            {
                Keep(street, ofName);
            }
        }
    }

    /// <summary>One street, where it is known that it lies right.</summary>
    public void ConsiderStreet(int street, int plain)
    {
        if (seen[plain] == turn)
        {
            return;
        }

        var fit = FitOf(plain);
        foreach (var part in index.Names.PartsOf(plain))
        {
            var ofPart = FitOf(part).AsPart();
            fit = ofPart.Cost < fit.Cost ? ofPart : fit;
        }

        Keep(street, fit.ForName(Readings, index.Names.KeyOf(index.Streets.NameOf(street))));
    }

    /// <summary>How many edits a name may be away and still come near the best so far.</summary>
    public int EditsLeft => (int)Worst;

    public float PostcodeCost(int ofPostcode) => postcodeLength == 0 ? 0 : AreaFit.OfPostcode(Postcode, index.Areas.Postcodes[ofPostcode]);

    /// <summary>What a street must cost less than to be kept.</summary>
    private float Worst => bestCount == 0 ? Most : Math.Min(bestCount < MostStreets ? Most : best[MostStreets - 1].Cost, best[0].Cost + ReachOf(best[0]));

    // Where all else agrees with the best, it will be certain, and only what comes very near it matters.
    private static float ReachOf(in LikelyStreet best) => best.Fit.Safe && best.Cost <= best.Fit.Cost ? ReachWhenCertain : Reach;

    private void Keep(int street, StreetFit fit)
    {
        var streets = index.Streets;
        var placeCost = AreaFit.OfPlace(index.Areas, Places, placeSaid, streets.PlaceOf(street), streets.MunicipalityOf(street));
        var cost = fit.Cost + placeCost - (IsPreferred(street) ? Preference : 0);
        if (cost >= Worst)
        {
            return;
        }

        cost += CheapestPostcode(street);
        if (cost < Worst && !IsKept(street))
        {
            cost += CheapestNumber(street);
            Insert(new LikelyStreet(street, fit, placeCost, cost));
        }
    }

    // The mask alone rules out most names, before anything else of them is fetched from memory.
    private StreetFit FitOf(int plain)
    {
        var (mask, limit) = (index.Names.Masks[plain], Worst);
        foreach (var reading in Readings)
        {
            if (StreetFit.IsPossible(reading, mask, limit))
            {
                return StreetFit.Of(Readings, index.Names.Plains[plain], mask, limit);
            }
        }

        return StreetFit.None;
    }

    private float CheapestPostcode(int street)
    {
        if (postcodeLength == 0)
        {
            return 0;
        }

        var cheapest = AreaFit.AnotherPostcode;
        foreach (var of in index.Streets.PostcodesOf(street))
        {
            cheapest = Math.Min(cheapest, PostcodeCost(of));
        }

        return cheapest;
    }

    private float CheapestNumber(int street)
    {
        if (Query.Number is not { } number)
        {
            return 0;
        }

        var houses = index.Streets.HousesOf(street);
        var numbers = index.Houses.Numbers[houses.First..houses.After];
        return numbers.BinarySearch((ushort)Math.Min(number, ushort.MaxValue)) >= 0 ? 0 : numbers[0] == 0 ? HouseFit.WithoutNumber : HouseFit.AnotherNumber;
    }

    private bool IsKept(int street)
    {
        for (var i = 0; i < bestCount; i++)
        {
            if (best[i].Street == street)
            {
                return true;
            }
        }

        return false;
    }

    private void Insert(LikelyStreet street)
    {
        if (street.Cost >= Worst)
        {
            return;
        }

        var at = Math.Min(bestCount, MostStreets - 1);
        for (; at > 0 && street.Cost < best[at - 1].Cost; at--)
        {
            best[at] = best[at - 1];
        }

        best[at] = street;
        bestCount = Math.Min(bestCount + 1, MostStreets);
    }

    public bool IsPreferred(int street) => Preferred is not null && Preferred[index.Streets.MunicipalityOf(street)];
}
