
namespace Ums.Geocoding.Indexing;

/// <summary>Takes addresses in any order, and makes the index of them. What stands often — names, places, postcodes — is kept once.</summary>
internal sealed class AddressIndexBuilder(MunicipalityNames municipalityNames)
{
    private readonly Numbering<string> names = new(), places = new(), postcodes = new();
    private readonly Numbering<string> letters = new() { { "" } };
    private readonly Numbering<(string Country, string Code)> municipalities = new();
    private readonly Numbering<(int Name, int Municipality, int Place)> streets = new();
    private readonly Column<int> street = new(), latitude = new(), longitude = new();
    private readonly Column<ushort> number = new(), letter = new(), postcode = new();
    private readonly Column<byte> details = new();
    private readonly Column<byte> detailLengths = new();
    private readonly byte[] row = new byte[HouseDetails.LongestRow];

    public int Count => street.Count;

    /// <summary>Numbers over 65,535 cannot be kept; there are none in Scandinavia.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or too large.</exception>
    public void Add(in AddressRecord record)
    {
        if (record.Number is < 0 or > ushort.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(record), record.Number, "A house number must be between 0 and 65535.");
        }

        var municipality = municipalities.Of((MunicipalityNames.CountryOf(record.Postcode), record.MunicipalityCode));
        street.Add(streets.Of((names.Of(record.Street), municipality, places.Of(record.Place))));
        number.Add((ushort)(record.Number ?? 0));
        letter.Add(checked((ushort)letters.Of(record.Letter ?? "")));
        postcode.Add(checked((ushort)postcodes.Of(record.Postcode)));
        latitude.Add(Corner.UnitsOf(record.Latitude));
        longitude.Add(Corner.UnitsOf(record.Longitude));
        var length = HouseDetails.Encode(record, row);
        details.Add(row.AsSpan(0, length));
        detailLengths.Add((byte)length);
    }

    /// <summary>The builder is empty afterwards: what it held goes as the index's own arrays come.</summary>
    public AddressIndex Build()
    {
        var (nameTable, nameRank) = SortNames();
        var streetOrder = Enumerable.Range(0, streets.Count)
            .OrderBy(id => nameRank[streets[id].Name]).ThenBy(id => streets[id].Municipality).ThenBy(id => streets[id].Place).ToArray();
        var streetRank = Inverse(streetOrder);
        var letterOrder = Enumerable.Range(0, letters.Count).OrderBy(id => letters[id].ToUpperInvariant(), StringComparer.Ordinal).ThenBy(id => letters[id], StringComparer.Ordinal).ToArray();
        var postcodeOrder = Enumerable.Range(0, postcodes.Count).OrderBy(id => postcodes[id], StringComparer.Ordinal).ToArray();
        var (letterRank, postcodeRank) = (Inverse(letterOrder), Inverse(postcodeOrder));

        var (houseOrder, firstHouses) = SortHouses(streetRank, letterRank, postcodeRank);
        var streetOfHouse = street.TakeInOrder(houseOrder);
        for (var house = 0; house < streetOfHouse.Length; house++)
        {
            streetOfHouse[house] = streetRank[streetOfHouse[house]];
        }

        GiveBack();
        var corners = Corners(houseOrder, firstHouses, out var nearby);
        var north = Steps(latitude.TakeInOrder(houseOrder), streetOfHouse, corners, (corner, at) => corner.StepsNorth(at));
        var east = Steps(longitude.TakeInOrder(houseOrder), streetOfHouse, corners, (corner, at) => corner.StepsEast(at));
        GiveBack();
        var housePostcodes = Renumbered(postcode.TakeInOrder(houseOrder), postcodeRank);
        var houses = new HouseTable(
            number.TakeInOrder(houseOrder), Renumbered(letter.TakeInOrder(houseOrder), letterRank), housePostcodes, north, east,
            SortDetails(houseOrder), [.. letterOrder.Select(id => letters[id])]);

        GiveBack();
        var postcodesByStreet = new List<ulong>();
        for (var house = 0; house < housePostcodes.Length; house++)
        {
            if (house == 0 || housePostcodes[house] != housePostcodes[house - 1] || streetOfHouse[house] != streetOfHouse[house - 1])
            {
                postcodesByStreet.Add(Lists.Pair(streetOfHouse[house], housePostcodes[house]));
            }
        }

        var streetTable = new StreetTable(
            FirstStreets(streetOrder, nameRank), [.. streetOrder.Select(id => nameRank[streets[id].Name])],
            [.. streetOrder.Select(id => nameTable.PlainOf(nameRank[streets[id].Name]))], [.. streetOrder.Select(id => checked((ushort)streets[id].Place))],
            [.. streetOrder.Select(id => checked((ushort)streets[id].Municipality))], firstHouses, Lists.Of(streets.Count, [.. postcodesByStreet]), corners);
        var areas = new AreaTableBuilder(municipalityNames, places, municipalities).Build(
            nameTable, streetTable, KeySet.Of([.. postcodeOrder.Select(id => LetterCodes.Of(postcodes[id]))]),
            Lists.Of(postcodes.Count, postcodesByStreet.ConvertAll(pair => Lists.Pair((int)(uint)pair, (int)(pair >> 32)))));
        return new AddressIndex(nameTable, streetTable, houses, areas, nearby);
    }

    // The old index serves meanwhile, so that what was a column and is an array now must not wait for the collector's own time. A pause is some
    // hundredths of a second: there is little to follow in arrays of numbers.
    private static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);

    private (NameTable Table, int[] Rank) SortNames()
    {
        var plains = names.Select(name => LetterCodes.Of(NameKey.PlainOf(name))).ToArray();
        var order = Enumerable.Range(0, plains.Length).ToArray();
        Array.Sort(order, (left, right) => plains[left].AsSpan().SequenceCompareTo(plains[right]) is not 0 and var byPlain ? byPlain : string.CompareOrdinal(names[left], names[right]));
        return (NameTable.Of([.. order.Select(id => (plains[id], names[id]))]), Inverse(order));
    }

    private int[] FirstStreets(int[] streetOrder, int[] nameRank)
    {
        var first = new int[names.Count + 1];
        foreach (var id in streetOrder)
        {
            first[nameRank[streets[id].Name] + 1]++;
        }

        return Summed(first);
    }

    private (int[] Order, int[] FirstHouses) SortHouses(int[] streetRank, int[] letterRank, int[] postcodeRank)
    {
        var first = new int[streets.Count + 1];
        for (var house = 0; house < Count; house++)
        {
            first[streetRank[street[house]] + 1]++;
        }

        Summed(first);
        var order = new int[Count];
        var next = first.AsSpan(0, streets.Count).ToArray();
        for (var house = 0; house < Count; house++)
        {
            order[next[streetRank[street[house]]]++] = house;
        }

        for (var at = 0; at < streets.Count; at++)
        {
            var length = first[at + 1] - first[at];
            var keys = new ulong[length];
            for (var i = 0; i < length; i++)
            {
                var house = order[first[at] + i];
                keys[i] = ((ulong)number[house] << 32) | ((ulong)letterRank[letter[house]] << 16) | (uint)postcodeRank[postcode[house]];
            }

            keys.AsSpan().Sort(order.AsSpan(first[at], length));
        }

        return (order, first);
    }

    private Corner[] Corners(int[] houseOrder, int[] firstHouses, out NearbyStreets nearby)
    {
        var corners = new Corner[streets.Count];
        var visits = new List<(long, int)>();
        for (var at = 0; at < corners.Length; at++)
        {
            var (south, west, north, east) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
            for (var i = firstHouses[at]; i < firstHouses[at + 1]; i++)
            {
                var (lat, lon) = (latitude[houseOrder[i]], longitude[houseOrder[i]]);
                (south, north, west, east) = (Math.Min(south, lat), Math.Max(north, lat), Math.Min(west, lon), Math.Max(east, lon));
                var square = NearbyStreets.SquareAt(lat / 1e7, lon / 1e7);
                if (visits.Count == 0 || visits[^1] != (square, at))
                {
                    visits.Add((square, at));
                }
            }

            corners[at] = Corner.Around(south, west, north, east);
        }

        nearby = NearbyStreets.Of(visits);
        return corners;
    }

    private static ushort[] Steps(int[] units, int[] streetOfHouse, Corner[] corners, Func<Corner, int, ushort> steps)
    {
        var counted = new ushort[units.Length];
        for (var house = 0; house < units.Length; house++)
        {
            counted[house] = steps(corners[streetOfHouse[house]], units[house]);
        }

        return counted;
    }

    private HouseDetails SortDetails(int[] houseOrder)
    {
        var starts = new int[detailLengths.Count + 1];
        for (var house = 0; house < detailLengths.Count; house++)
        {
            starts[house + 1] = starts[house] + detailLengths[house];
        }

        var bytes = new byte[details.Count];
        var blocks = new int[(houseOrder.Length / HouseDetails.BlockSize) + 1];
        var at = 0;
        for (var place = 0; place < houseOrder.Length; place++)
        {
            if (place % HouseDetails.BlockSize == 0)
            {
                blocks[place / HouseDetails.BlockSize] = at;
            }

            for (var from = starts[houseOrder[place]]; from < starts[houseOrder[place] + 1]; from++)
            {
                bytes[at++] = details[from];
            }
        }

        details.Clear();
        detailLengths.Clear();
        return new HouseDetails(bytes, blocks);
    }

    private static ushort[] Renumbered(ushort[] column, int[] rank)
    {
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = (ushort)rank[column[i]];
        }

        return column;
    }

    private static int[] Inverse(int[] order)
    {
        var rank = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            rank[order[place]] = place;
        }

        return rank;
    }

    private static int[] Summed(int[] counts)
    {
        for (var i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }

        return counts;
    }
}
